/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/mail.h"

#include <string.h>
#include <sys/socket.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/format.h"
#include "net/curl.h"

/* Bytes of what a server says that are quoted. */
#define REPLY_SIZE 160

/* A message on its way. */
struct sending {
	const struct kvk_net_mail *mail;
	bool *taken;
	/* Octets of the message that were handed to libcurl. */
	size_t sent;
	/* How many recipients were named, and whether the last one waits for its reply. */
	size_t named;
	bool waiting;
	/* The first recipient that was refused; count where none was. */
	size_t refused;
	/* The last reply that refused something, escaped. */
	char reply[REPLY_SIZE];
	/* What is said to authenticate is not to be shown. */
	bool authenticating;
};

static void see_command(struct sending *sending, struct kvk_span line)
{
	sending->authenticating = kvk_span_starts(line, "AUTH") ||
		(sending->authenticating && !kvk_span_starts(line, "MAIL"));
	if (!kvk_span_starts(line, "RCPT TO:") || sending->named >= sending->mail->count)
		return;
	sending->named++;
	sending->waiting = true;
}

static void see_reply(struct sending *sending, struct kvk_span line)
{
	const bool last =
		line.n >= 4 && kvk_all_digits((struct kvk_span){ line.p, 3 }) && line.p[3] == ' ';
	const bool good = last && (line.p[0] == '2' || line.p[0] == '3');

	if (!last)
		return;
	if (!good && !sending->authenticating)
		kvk_escape_to(sending->reply, sizeof sending->reply, kvk_trim(line));
	if (!sending->waiting)
		return;
	sending->waiting = false;
	sending->taken[sending->named - 1] = good;
	if (!good && sending->refused == sending->mail->count)
		sending->refused = sending->named - 1;
}

/* The only place where libcurl shows which recipient a reply is about. */
static int see(CURL *easy, curl_infotype kind, char *data, size_t size, void *context)
{
	const struct kvk_span line = { (const uint8_t *)data, size };

	(void)easy;
	if (kind == CURLINFO_HEADER_OUT)
		see_command(context, line);
	else if (kind == CURLINFO_HEADER_IN)
		see_reply(context, line);
	return 0;
}

static size_t give(char *out, size_t size, size_t n, void *context)
{
	struct sending *sending = context;
	const struct kvk_span text = sending->mail->text;
	size_t more = text.n - sending->sent;

	if (more > size * n)
		more = size * n;
	memcpy(out, text.p + sending->sent, more);
	sending->sent += more;
	return more;
}

/* Sets an option and remembers whether one could not be set. */
#define SET(option, value) \
	(failed = kvk_curl->easy_setopt(easy, (option), (value)) != CURLE_OK || failed)

static bool set_server(
	CURL *easy, const struct kvk_net_options *options, const struct kvk_net_mail *mail)
{
	const kvk_time total = options->total_timeout, connect = options->connect_timeout;
	bool failed = false;

	SET(CURLOPT_URL, mail->url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, (long)(mail->starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
	SET(CURLOPT_SSL_VERIFYPEER, 1L);
	SET(CURLOPT_SSL_VERIFYHOST, 2L);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (options->ca_file != NULL)
		SET(CURLOPT_CAINFO, options->ca_file);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_QUICK_EXIT, 1L);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)(connect < total ? connect : total));
	SET(CURLOPT_TIMEOUT_MS, (long)total);
	/* Bounds each reply, also the one to QUIT after a failure, which the total does not. */
	SET(CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)((total + KVK_SECOND - 1) / KVK_SECOND));
	if (mail->user != NULL) {
		SET(CURLOPT_USERNAME, mail->user);
		SET(CURLOPT_PASSWORD, (const char *)mail->password->p);
	}
	return !failed;
}

static bool set_message(CURL *easy, struct sending *sending, struct curl_slist *recipients)
{
	bool failed = false;

	SET(CURLOPT_MAIL_FROM, sending->mail->from);
	SET(CURLOPT_MAIL_RCPT, recipients);
	SET(CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, give);
	SET(CURLOPT_READDATA, sending);
	SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)sending->mail->text.n);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_DEBUGFUNCTION, see);
	SET(CURLOPT_DEBUGDATA, sending);
	return !failed;
}

/*
 * What became of the message is known. libcurl sends QUIT when it cleans up, and would wait two
 * minutes for a reply that changes nothing; Postfix does not wait either (smtp_skip_quit_response).
 */
static void stop_reading(CURL *easy)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	if (kvk_curl->easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK &&
		fd != CURL_SOCKET_BAD)
		(void)shutdown(fd, SHUT_RD);
}

/* Sets the error; format takes the server. */
#define SAY(format) kvk_error_set(why, KVK_ERR_OPEN, format, server)

static enum kvk_err set_refusal(
	const struct sending *sending, const char *server, struct kvk_error *why)
{
	char address[REPLY_SIZE];

	if (sending->refused < sending->mail->count)
		return kvk_error_set(why, KVK_ERR_WRITE,
			_("the mail server '%s' refused the recipient '%s': %s"), server,
			kvk_escape_to(address, sizeof address,
				kvk_span_of(sending->mail->to[sending->refused])),
			sending->reply);
	if (sending->reply[0] != '\0')
		return kvk_error_set(why, KVK_ERR_WRITE,
			_("the mail server '%s' refused the message: %s"), server, sending->reply);
	return SAY(_("the connection to the mail server '%s' was lost"));
}

static enum kvk_err set_error(const struct sending *sending, CURLcode code, struct kvk_error *why)
{
	char server[REPLY_SIZE];

	kvk_escape_to(server, sizeof server, kvk_span_of(strstr(sending->mail->url, "://") + 3));
	switch (code) {
	case CURLE_OUT_OF_MEMORY:
		return KVK_ERR_MEMORY;
	case CURLE_COULDNT_RESOLVE_HOST:
		return SAY(_("the name of the mail server '%s' was not found"));
	case CURLE_COULDNT_CONNECT:
		return SAY(_("cannot connect to the mail server '%s'"));
	case CURLE_OPERATION_TIMEDOUT:
		return SAY(_("the mail server '%s' did not answer in time"));
	case CURLE_USE_SSL_FAILED:
		return SAY(_("the mail server '%s' does not offer STARTTLS, so nothing was sent; "
			     "'starttls = \"none\"' would send everything unencrypted"));
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return SAY(_("the certificate of the mail server '%s' cannot be verified; "
			     "'ca_file' names the CA certificates to trust"));
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_SSL_CIPHER:
		return SAY(_("no TLS connection to the mail server '%s' could be made"));
	case CURLE_LOGIN_DENIED:
		return SAY(_("the mail server '%s' refused the user name or the password"));
	default:
		return set_refusal(sending, server, why);
	}
}

/* What became of the recipients. */
static enum kvk_err settle(const struct sending *sending, CURLcode code, struct kvk_error *why)
{
	bool all = code == CURLE_OK;

	for (size_t i = 0; i < sending->mail->count; i++) {
		sending->taken[i] = sending->taken[i] && code == CURLE_OK;
		all = all && sending->taken[i];
	}
	return all ? KVK_OK : set_error(sending, code, why);
}

/* Whether a host, with what follows it, is this machine. */
static bool is_loopback(const char *host)
{
	static const char *const names[] = { "localhost", "127.0.0.1", "[::1]" };

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const size_t n = strlen(names[i]);

		if (strncmp(host, names[i], n) == 0 && strchr(":/", host[n]) != NULL)
			return true;
	}
	return false;
}

enum kvk_err kvk_net_mail_check(const struct kvk_net_mail *mail, struct kvk_error *why)
{
	const struct kvk_span url = kvk_span_of(mail->url);
	const char *host = strstr(mail->url, "://") + 3;
	char server[REPLY_SIZE];

	if (mail->user == NULL || mail->starttls || !kvk_span_starts(url, "smtp://") ||
		is_loopback(host))
		return KVK_OK;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("the password for the mail server '%s' would be sent unencrypted: remove "
		  "'starttls = \"none\"', or remove 'user'"),
		kvk_escape_to(server, sizeof server, kvk_span_of(host)));
}

static enum kvk_err list_recipients(const struct kvk_net_mail *mail, struct curl_slist **out)
{
	for (size_t i = 0; i < mail->count; i++) {
		struct curl_slist *longer = kvk_curl->slist_append(*out, mail->to[i]);

		if (longer == NULL)
			return KVK_ERR_MEMORY;
		*out = longer;
	}
	return KVK_OK;
}

enum kvk_err kvk_net_mail_send(const struct kvk_net_options *options,
	const struct kvk_net_mail *mail, bool *taken, struct kvk_error *why)
{
	struct sending sending = { .mail = mail, .taken = taken, .refused = mail->count };
	struct curl_slist *recipients = NULL;
	CURL *easy = NULL;
	enum kvk_err err;

	memset(taken, 0, mail->count * sizeof *taken);
	if (kvk_net_mail_check(mail, why) != KVK_OK)
		return KVK_ERR_CONFIG;
	KVK_TRY(kvk_curl_load());
	if (kvk_curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		return KVK_ERR_INTERNAL;
	KVK_TRY(list_recipients(mail, &recipients));
	easy = kvk_curl->easy_init();
	if (easy == NULL) {
		err = KVK_ERR_MEMORY;
	} else if (!set_server(easy, options, mail) || !set_message(easy, &sending, recipients)) {
		err = KVK_ERR_INTERNAL;
	} else {
		err = settle(&sending, kvk_curl->easy_perform(easy), why);
		stop_reading(easy);
	}
out:
	if (kvk_curl != NULL) {
		kvk_curl->easy_cleanup(easy);
		kvk_curl->slist_free_all(recipients);
		kvk_curl->global_cleanup();
	}
	return err;
}
