/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/commands.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/dir.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/path.h"
#include "base/wrap.h"
#include "cli/terminal.h"
#include "practice/deliver.h"
#include "practice/register.h"

/* The most words of a command line of the rehearsal. */
#define WORDS 20
#define NAME "api.voorbeeld.example"
#define HOME "home"
#define REQUEST HOME "/dossiers/" NAME "/request.pem"
#define NEXT_REQUEST HOME "/dossiers/" NAME "/next/request.pem"
/* Days after which the simulated certificate ends, and before that when the next one is ordered
 * and arrives. */
#define DAYS 396
#define ORDERED (DAYS - 10)
#define ARRIVED (DAYS - 5)
#define VERIFY \
	"verify", "--offline", "--trust", KVK_PRACTICE_FILE_ROOT, "--crl", KVK_PRACTICE_FILE_CRLS, \
		"--kvk", "68750110", "--party", "market"

struct rehearse_config {
	const char *keep;
};

static const struct kvk_option options[] = {
	OPT_TEXT(struct rehearse_config, keep, "keep", 0, N_("DIR"),
		N_("work in this folder, which must not exist yet, and keep its files")),
	OPT_END,
};

static const struct kvk_usage usage = {
	.name = "rehearse",
	.synopsis = N_("[OPTION]..."),
	.summary = N_("try the whole process with a simulated TSP, without network access or cost"),
	.details = N_("A TSP (trust service provider) issues certificates. Everything happens "
		      "in a temporary folder, which is removed at the end unless you choose one "
		      "with --keep."),
	.options = options,
};

/* What a step does besides its command. */
enum extra { EXTRA_NONE, EXTRA_REGISTER, EXTRA_TSP, EXTRA_TIME, EXTRA_NEXT };

/* One step: what is explained, the command that is run, and the exit code that it must have. */
struct step {
	const char *title;
	const char *text;
	enum extra extra;
	/* EXTRA_TIME: days from now, as its --at; EXTRA_NEXT: when it is signed. */
	int days;
	const char *words[WORDS];
	enum kvk_exit code;
};

static const struct step steps[] = {
	{ N_("Look the organisation up"),
		N_("The certificate must name your organisation exactly as it is registered. With "
		   "an API key of KVK, 'kvkcsr lookup' shows what the trade register says. Here "
		   "the register is simulated as well, on this machine."),
		EXTRA_REGISTER, 0, { "lookup", "--config", KVK_PRACTICE_FILE_CONFIG, "68750110" },
		KVK_EXIT_OK },
	{ N_("Create a key and a request"),
		N_("A certificate begins with a key pair. The private key never leaves your "
		   "machine. The request (CSR) contains the public key and the names for the "
		   "certificate: one host name, and the KVK number or OIN in the serial number of "
		   "the subject. On a terminal 'kvkcsr new' asks for all of this. Here the answers "
		   "are given as options."),
		EXTRA_NONE, 0,
		{ "new", "--practice", "--domain", NAME, "--kvk", "68750110", "--organisation",
			"Voorbeeld B.V." },
		KVK_EXIT_OK },
	{ N_("The TSP issues the certificate"),
		N_("You paste the request into the order form of a TSP (trust service provider), "
		   "which checks who you are and then signs. That takes days. The simulated TSP, "
		   "with a root, an intermediate CA and an issuing CA like those of PKIoverheid "
		   "G4, takes a moment. It issues four certificates: a good one, and three with "
		   "mistakes that really happen."),
		EXTRA_TSP, 0, { NULL }, KVK_EXIT_OK },
	{ N_("Check the good delivery before the upload"),
		N_("The portal of KVK refuses a wrong certificate with one short message. 'kvkcsr "
		   "verify' shows all its messages in advance. The simulated TSP is not part of "
		   "the real PKIoverheid, so --trust replaces the real root certificates. That is "
		   "why there is a warning and the exit status is 1."),
		EXTRA_NONE, 0, { VERIFY, KVK_PRACTICE_FILE_GOOD }, KVK_EXIT_WARNING },
	{ N_("A bad delivery: no client authentication"),
		N_("This certificate is for web servers only. The KVK API cannot identify you with "
		   "it."),
		EXTRA_NONE, 0, { VERIFY, KVK_PRACTICE_FILE_NO_CLIENT }, KVK_EXIT_CRITICAL },
	{ N_("A bad delivery: somebody else's KVK number"),
		N_("One wrong digit in the order form, and the certificate identifies another "
		   "organisation."),
		EXTRA_NONE, 0, { VERIFY, KVK_PRACTICE_FILE_OTHER_KVK }, KVK_EXIT_CRITICAL },
	{ N_("A bad delivery: a wildcard"),
		N_("The portal accepts one host name, not all names of a domain."), EXTRA_NONE, 0,
		{ VERIFY, KVK_PRACTICE_FILE_WILDCARD }, KVK_EXIT_CRITICAL },
	{ N_("Store the good delivery in the dossier"),
		N_("The dossier is the folder that holds a request and its certificate. 'kvkcsr "
		   "accept' checks that the certificate belongs to your key, and creates the file "
		   "for the portal: your certificate, followed by those of the CAs."),
		EXTRA_NONE, 0,
		{ "accept", "--offline", "--trust", KVK_PRACTICE_FILE_ROOT, "--crl",
			KVK_PRACTICE_FILE_CRLS, NAME, KVK_PRACTICE_FILE_GOOD },
		KVK_EXIT_WARNING },
	{ N_("Record the upload"),
		N_("Now you would upload upload.pem to the developer portal. When kvkcsr knows of "
		   "the upload, it can warn you before you upload the same file again."),
		EXTRA_NONE, 0, { "uploaded", NAME }, KVK_EXIT_OK },
	{ N_("Watch the certificate"),
		N_("The portal does not remind you before a certificate expires. 'kvkcsr status' "
		   "lists all your certificates."),
		EXTRA_NONE, 0, { "status" }, KVK_EXIT_OK },
	{ N_("Almost a year later"),
		N_("'kvkcsr check', run by cron or a timer, notifies you once when a certificate "
		   "crosses a threshold. The clock is set to 50 days before the end ..."),
		EXTRA_TIME, DAYS - 50, { "check", "--remember" }, KVK_EXIT_WARNING },
	{ N_("Still not renewed"), N_("... and to 10 days before the end: critical."), EXTRA_TIME,
		DAYS - 10, { "check", "--remember" }, KVK_EXIT_CRITICAL },
	{ N_("Order the next certificate"),
		N_("'kvkcsr renew' creates a new key and a new request from the earlier answers, "
		   "in the folder next/ of the dossier. The key and the certificate in use stay as "
		   "they are."),
		EXTRA_TIME, ORDERED, { "renew", NAME }, KVK_EXIT_OK },
	{ N_("The TSP issues the next certificate"),
		N_("You order it as you did the first one, with the new request, and the TSP "
		   "delivers a few days later."),
		EXTRA_NEXT, ARRIVED, { NULL }, KVK_EXIT_OK },
	{ N_("Store it beside the one in use"),
		N_("'kvkcsr accept' tells from the key that this delivery is for the renewal."),
		EXTRA_TIME, ARRIVED,
		{ "accept", "--offline", "--trust", KVK_PRACTICE_FILE_NEXT_ROOT, "--crl",
			KVK_PRACTICE_FILE_NEXT_CRLS, NAME, KVK_PRACTICE_FILE_NEXT_GOOD },
		KVK_EXIT_WARNING },
	{ N_("Upload it, and switch"),
		N_("Now you would upload next/upload.pem, and configure your server to use the new "
		   "key and certificate at the same moment. 'kvkcsr uploaded' then replaces the "
		   "old "
		   "files with the new ones; the old ones are archived with their key."),
		EXTRA_TIME, ARRIVED, { "uploaded", NAME, "--deployed" }, KVK_EXIT_OK },
	{ N_("Quiet for another year"), N_("'kvkcsr check' has nothing more to report."),
		EXTRA_TIME, ARRIVED + 1, { "check", "--remember" }, KVK_EXIT_OK },
};
#define STEPS (sizeof steps / sizeof steps[0])

/* Whether a word can be used in a shell without quotes. */
static bool is_plain(const char *word)
{
	for (; *word != '\0'; word++)
		if (!kvk_is_alnum((uint8_t)*word) && strchr("-_./:", *word) == NULL)
			return false;
	return true;
}

static void show_command(const char *const *words)
{
	(void)kvk_output_print("$ %s", PACKAGE_NAME);
	for (size_t i = 0; words[i] != NULL; i++)
		(void)kvk_output_print(is_plain(words[i]) ? " %s" : " '%s'", words[i]);
	(void)kvk_output_print("\n");
	(void)kvk_output_flush();
}

/* Shows a command line and runs it in this process. */
static enum kvk_exit run_command(const struct step *step, kvk_time now)
{
	const char *words[WORDS + 3] = { NULL };
	char copies[WORDS + 3][64];
	char *argv[WORDS + 3] = { NULL };
	char at[KVK_TIME_TEXT_SIZE];
	int argc = 0;
	enum kvk_exit code;

	for (; argc < WORDS && step->words[argc] != NULL; argc++)
		words[argc] = step->words[argc];
	if (step->extra == EXTRA_TIME) {
		words[argc++] = "--at";
		words[argc++] = kvk_time_text(now + step->days * KVK_DAY, at);
	}
	show_command(words);
	for (int i = 0; i < argc; i++) {
		(void)KVK_FORMAT(copies[i], "%s", words[i]);
		argv[i] = copies[i];
	}
	code = kvk_command_run(kvk_command_find(argv[0]), argc, argv);
	(void)kvk_output_flush();
	return code;
}

static enum kvk_exit practice_tsp(kvk_time now)
{
	struct kvk_error why = { "" };

	if (kvk_practice_deliver(REQUEST, now, &why) != KVK_OK) {
		kvk_warn("%s", why.text);
		return KVK_EXIT_UNKNOWN;
	}
	(void)kvk_output_print("%s  %s  %s\n%s  %s  %s\n", KVK_PRACTICE_FILE_GOOD,
		KVK_PRACTICE_FILE_ROOT, KVK_PRACTICE_FILE_CRLS, KVK_PRACTICE_FILE_NO_CLIENT,
		KVK_PRACTICE_FILE_OTHER_KVK, KVK_PRACTICE_FILE_WILDCARD);
	return KVK_EXIT_OK;
}

/* The same TSP, a year later. */
static enum kvk_exit practice_renewal(kvk_time at)
{
	struct kvk_error why = { "" };

	if (kvk_practice_renew(NEXT_REQUEST, at, &why) != KVK_OK) {
		kvk_warn("%s", why.text);
		return KVK_EXIT_UNKNOWN;
	}
	(void)kvk_output_print("%s  %s  %s\n", KVK_PRACTICE_FILE_NEXT_GOOD,
		KVK_PRACTICE_FILE_NEXT_ROOT, KVK_PRACTICE_FILE_NEXT_CRLS);
	return KVK_EXIT_OK;
}

/* Runs the command while the register answers; a machine that has no loopback interface goes on
 * without. */
static enum kvk_exit ask_register(const struct step *step, kvk_time now)
{
	struct kvk_loopback *server = NULL;
	struct kvk_error why = { "" };
	const enum kvk_err err = kvk_practice_register(&server, &why);
	enum kvk_exit code;

	if (err == KVK_OK) {
		code = run_command(step, now);
	} else if (why.text[0] != '\0') {
		kvk_warn("%s", why.text);
		code = KVK_EXIT_UNKNOWN;
	} else {
		(void)kvk_output_print(
			"%s\n", _("(left out: this machine has no loopback interface)"));
		code = step->code;
	}
	kvk_loopback_stop(server);
	return code;
}

/* What a step does, and the exit code that it ends with. */
static enum kvk_exit take(const struct step *step, kvk_time now)
{
	switch (step->extra) {
	case EXTRA_REGISTER:
		return ask_register(step, now);
	case EXTRA_TSP:
		return practice_tsp(now);
	case EXTRA_NEXT:
		return practice_renewal(now + step->days * KVK_DAY);
	case EXTRA_NONE:
	case EXTRA_TIME:
		break;
	}
	return run_command(step, now);
}

/* A text, wrapped; where it cannot be written, the end of the program says so. */
static void print_text(const char *text)
{
	struct kvk_blob out = { 0 };

	if (kvk_wrap_lines(&out, kvk_output_width(), text) == KVK_OK)
		(void)kvk_write(&out);
	kvk_blob_free(&out);
}

static enum kvk_exit walk(kvk_time now)
{
	for (size_t i = 0; i < STEPS; i++) {
		const struct step *step = &steps[i];
		enum kvk_exit code;

		(void)kvk_output_print("\n== %zu/%zu  %s ==\n", i + 1, STEPS, _(step->title));
		print_text(_(step->text));
		(void)kvk_output_print("\n\n");
		code = take(step, now);
		if (step->extra != EXTRA_TSP && step->extra != EXTRA_NEXT)
			(void)kvk_output_print(_("(exit status %d)\n"), code);
		if (code != step->code) {
			kvk_warn(
				_("the rehearsal stops: the exit status of this step should be %d, "
				  "not %d"),
				step->code, code);
			return code == KVK_EXIT_UNKNOWN ? KVK_EXIT_UNKNOWN : KVK_EXIT_INTERNAL;
		}
	}
	print_text(_("\nThat is the whole process. For a real certificate, run 'kvkcsr new'.\n"));
	if (isatty(STDOUT_FILENO))
		print_text(_("To read it page by page, run 'kvkcsr rehearse | less'.\n"));
	return KVK_EXIT_OK;
}

/* What is about to happen, and where. */
static const char *opening(bool kept)
{
	if (kept)
		return _("This rehearses the whole process of obtaining a certificate for the KVK "
			 "API, without network access or cost. Nothing is changed outside the "
			 "folder given with --keep.\n");
	return _(
		"This rehearses the whole process of obtaining a certificate for the KVK API, "
		"without network access or cost. Nothing is changed outside a temporary folder.\n");
}

/* The folder of --keep must be new, so that nothing in it is overwritten. */
static enum kvk_exit enter_kept(const char *path)
{
	if (kvk_path_exists(path)) {
		kvk_warn_error(KVK_ERR_EXISTS, path);
		return KVK_EXIT_CREATE;
	}
	if (kvk_dir_make(path, 0700) != KVK_OK || chdir(path) != 0) {
		kvk_warn_error(KVK_ERR_OPEN, path);
		return KVK_EXIT_CREATE;
	}
	return KVK_EXIT_OK;
}

static enum kvk_exit enter_scratch(char *path, size_t size)
{
	const char *tmp = getenv("TMPDIR");

	(void)kvk_format(path, size, "%s/kvkcsr-rehearse.XXXXXX",
		tmp != NULL && tmp[0] == '/' ? tmp : "/tmp");
	if (mkdtemp(path) == NULL || chdir(path) != 0) {
		kvk_warn_error(KVK_ERR_OPEN, path);
		return KVK_EXIT_CREATE;
	}
	return KVK_EXIT_OK;
}

/* The commands of the rehearsal must not ask: what a newcomer would answer is given already. */
static void close_questions(void)
{
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);

	if (null >= 0) {
		(void)dup2(null, STDIN_FILENO);
		close(null);
	}
}

/* The user's own home, and what was uploaded from it, must not show in the rehearsal. */
static bool use_home(void)
{
	if (setenv("KVKCSR_HOME", HOME, 1) != 0)
		return false;
	(void)kvk_output_print("\n$ export KVKCSR_HOME=%s\n", HOME);
	return true;
}

static enum kvk_exit rehearse(const char *keep)
{
	char scratch[KVK_LIMIT_PATH] = "", safe[KVK_LIMIT_PATH];
	kvk_time now;
	enum kvk_exit code;

	if (kvk_time_now(&now) != KVK_OK)
		return KVK_EXIT_UNKNOWN;
	code = keep != NULL ? enter_kept(keep) : enter_scratch(scratch, sizeof scratch);
	if (code != KVK_EXIT_OK)
		return code;
	print_text(opening(keep != NULL));
	close_questions();
	code = use_home() ? walk(now) : KVK_EXIT_UNKNOWN;
	if (keep != NULL)
		(void)kvk_output_print(_("The files are in '%s'.\n"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(keep)));
	if (scratch[0] != '\0' && chdir("/") == 0)
		(void)kvk_dir_remove(scratch);
	return code;
}

enum kvk_exit kvk_cmd_rehearse(struct kvk_run *run)
{
	struct rehearse_config config = { 0 };
	enum kvk_exit code;

	KVK_STEP(kvk_run_start(run, &usage, &config, NULL));
	code = rehearse(config.keep);
out:
	return code;
}
