/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/many.h"

#include <pthread.h>

#include "base/alloc.h"

/*
 * Results that wait for one that comes before them. Enough that the others go on while a thread has
 * to wait for its turn on a busy machine, some 10 ms.
 */
#define WAITING 256u

/*
 * Files that wait for the network at the same time, at most: what they want is fetched together.
 * Each keeps what was read of it, so that memory bounds them. It begins with one, because most want
 * the same lists, and doubles with each fetch that others needed after that.
 */
#define PENDING 32u

struct worker;

/* What came of one file. */
struct result {
	struct kvk_blob rendered;
	struct kvk_error why;
	enum kvk_exit code;
	bool done;
	/* It waits for the network, or was fetched for; the worker that goes on with it. */
	struct kvk_evaluation *pending;
	bool fetched;
	const struct worker *owner;
};

/* What the threads share; all but the constants only under the lock. */
struct work {
	pthread_mutex_t lock;
	/* A place has become free, or something was fetched. */
	pthread_cond_t changed;
	const struct kvk_files *files;
	const struct kvk_many_output *output;
	size_t next, written;
	/* A thread writes results; threads that wait for something to do, and that evaluate. */
	bool writing;
	unsigned waiting, busy;
	/* Files that wait for the network, those of them that were fetched for, and how many may.
	 */
	unsigned pending, fetched, window;
	/* What came of the last fetch. */
	enum kvk_err err;
	struct kvk_error why;
	enum kvk_exit code;
	struct result *results;
};

struct worker {
	struct work *work;
	struct kvk_evaluator *evaluator;
	pthread_t thread;
};

/* Renders what came of an evaluation, which is freed. */
static enum kvk_err render(struct kvk_evaluation *evaluation, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	enum kvk_err err;

	out->code = kvk_verdict_exit(&evaluation->verdict);
	err = output->render(output->context, path, evaluation, &out->rendered);
	kvk_evaluation_free(evaluation);
	return err;
}

static enum kvk_err render_failure(enum kvk_err why, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	/* What is wrong with the configuration is not the file's. */
	out->code = why == KVK_ERR_CONFIG ? KVK_EXIT_CONFIG : KVK_EXIT_UNKNOWN;
	return output->render_failure(output->context, path, &out->why, &out->rendered);
}

/* Nothing can be said of a file, not even why as it should be. */
static void give_up(enum kvk_err err, struct result *out)
{
	if (err == KVK_OK)
		return;
	kvk_blob_clear(&out->rendered);
	out->code = KVK_EXIT_UNKNOWN;
	kvk_error_set(&out->why, err, "%s", kvk_error_text(err));
}

/* Takes what a step of an evaluation gave: it is pending, or there is something to write. */
static void take_step(enum kvk_err err, struct kvk_evaluation *evaluation, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	out->pending = NULL;
	if (err == KVK_OK && evaluation->facts.pending) {
		out->pending = evaluation;
		return;
	}
	if (err == KVK_OK)
		give_up(render(evaluation, path, output, out), out);
	else
		give_up(render_failure(err, path, output, out), out);
}

static void evaluate_whole(struct kvk_evaluator *evaluator, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	struct kvk_evaluation *evaluation = NULL;
	enum kvk_err err = kvk_evaluate_file(evaluator, path, &evaluation, &out->why);

	take_step(err, evaluation, path, output, out);
}

/* Begins with a file, or goes on with one that was fetched for. */
static void evaluate_step(struct worker *worker, size_t i)
{
	struct work *work = worker->work;
	struct result *result = &work->results[i % WAITING];
	const char *path = kvk_files_at(work->files, i);
	struct kvk_evaluation *evaluation = result->pending;
	enum kvk_err err;

	if (evaluation == NULL) {
		result->owner = worker;
		err = kvk_evaluate_begin(worker->evaluator, path, &evaluation, &result->why);
	} else if (work->err != KVK_OK) {
		err = kvk_error_set(&result->why, work->err, "%s", work->why.text);
	} else {
		err = kvk_evaluate_on(worker->evaluator, evaluation, &result->why);
	}
	if (err != KVK_OK)
		kvk_evaluation_free(evaluation);
	take_step(err, evaluation, path, work->output, result);
}

/* Writes one result and makes its place ready for another; the graver code. */
static enum kvk_exit write_one(
	struct result *result, size_t i, const struct kvk_many_output *output, enum kvk_exit code)
{
	if (!output->write(output->context, i, result->code, &result->rendered, &result->why))
		result->code = KVK_EXIT_UNKNOWN;
	code = kvk_exit_graver(code, result->code);
	kvk_blob_clear(&result->rendered);
	result->why.text[0] = '\0';
	return code;
}

static enum kvk_exit evaluate_in_turn(struct kvk_evaluator *evaluator,
	const struct kvk_files *files, const struct kvk_many_output *output)
{
	struct result result = { .code = KVK_EXIT_OK };
	enum kvk_exit code = KVK_EXIT_OK;

	for (size_t i = 0; i < kvk_files_count(files); i++) {
		evaluate_whole(evaluator, kvk_files_at(files, i), output, &result);
		code = write_one(&result, i, output, code);
	}
	kvk_blob_free(&result.rendered);
	return code;
}

/* A file of this worker that was fetched for. */
static bool find_fetched(const struct worker *worker, size_t *i)
{
	const struct work *work = worker->work;

	for (*i = work->written; work->fetched > 0 && *i < work->next; (*i)++) {
		const struct result *result = &work->results[*i % WAITING];

		if (result->fetched && result->owner == worker)
			return true;
	}
	return false;
}

/* Whether another file may be begun: its result has a place, and not too many wait, or may have to
 * when the threads that evaluate are done. */
static bool may_begin(const struct work *work)
{
	return work->next < kvk_files_count(work->files) && work->next < work->written + WAITING &&
		work->pending + work->fetched < work->window &&
		work->pending + work->fetched + work->busy < PENDING;
}

/* Fetches for all files that wait, while no thread evaluates; called with the lock. */
static void fetch(struct worker *worker)
{
	struct work *work = worker->work;
	struct kvk_evaluation *pending[PENDING];
	size_t count = 0;

	for (size_t i = work->written; i < work->next; i++) {
		struct result *result = &work->results[i % WAITING];

		if (result->pending == NULL)
			continue;
		pending[count++] = result->pending;
		result->fetched = true;
	}
	work->why.text[0] = '\0';
	work->err = kvk_evaluator_fetch(worker->evaluator, pending, count, &work->why);
	if (work->err != KVK_OK && work->why.text[0] == '\0')
		kvk_error_set(&work->why, work->err, "%s", kvk_error_text(work->err));
	work->window = work->window < PENDING / 2 ? 2 * work->window : PENDING;
	work->fetched = work->pending;
	work->pending = 0;
	pthread_cond_broadcast(&work->changed);
}

/* Finds something to do; called with the lock. False where nothing will come any more. */
static bool find_work(struct worker *worker, size_t *i)
{
	struct work *work = worker->work;

	for (;;) {
		if (find_fetched(worker, i)) {
			work->results[*i % WAITING].fetched = false;
			work->fetched--;
			return true;
		}
		if (may_begin(work)) {
			*i = work->next++;
			return true;
		}
		if (work->next == kvk_files_count(work->files) && work->pending == 0)
			return false;
		if (work->busy == 0 && work->fetched == 0 && work->pending > 0) {
			fetch(worker);
			continue;
		}
		work->waiting++;
		pthread_cond_wait(&work->changed, &work->lock);
		work->waiting--;
	}
}

/* Takes something to do; false where there is nothing left. */
static bool take(struct worker *worker, size_t *i)
{
	struct work *work = worker->work;
	bool got;

	pthread_mutex_lock(&work->lock);
	got = find_work(worker, i);
	work->busy += got;
	pthread_mutex_unlock(&work->lock);
	return got;
}

/*
 * Writes what is done and next in order, unless another thread is at it, who then finds this too.
 * Called with the lock, which is open while something is written.
 */
static void write_ready(struct work *work)
{
	struct result *result = &work->results[work->written % WAITING];

	if (work->writing)
		return;
	work->writing = true;
	while (result->done) {
		pthread_mutex_unlock(&work->lock);
		work->code = write_one(result, work->written, work->output, work->code);
		pthread_mutex_lock(&work->lock);
		result->done = false;
		work->written++;
		if (work->waiting > 0)
			pthread_cond_broadcast(&work->changed);
		result = &work->results[work->written % WAITING];
	}
	work->writing = false;
}

static void *run_worker(void *argument)
{
	struct worker *worker = argument;
	struct work *work = worker->work;
	size_t i;

	while (take(worker, &i)) {
		struct result *result = &work->results[i % WAITING];

		evaluate_step(worker, i);
		pthread_mutex_lock(&work->lock);
		work->busy--;
		result->done = result->pending == NULL;
		work->pending += !result->done;
		write_ready(work);
		if (work->waiting > 0)
			pthread_cond_broadcast(&work->changed);
		pthread_mutex_unlock(&work->lock);
	}
	return NULL;
}

/*
 * Makes the evaluators, then starts the threads: an evaluator must not be copied while it works.
 * The first worker is this thread with the evaluator itself. How many there are.
 */
static unsigned start(
	struct worker *workers, unsigned jobs, struct work *work, struct kvk_evaluator *evaluator)
{
	unsigned ready = 0, running = 1;

	for (; ready < jobs; ready++) {
		workers[ready] = (struct worker){ .work = work, .evaluator = evaluator };
		if (ready > 0 && kvk_evaluator_fork(evaluator, &workers[ready].evaluator) != KVK_OK)
			break;
	}
	while (running < ready &&
		pthread_create(&workers[running].thread, NULL, run_worker, &workers[running]) == 0)
		running++;
	for (unsigned i = running; i < ready; i++)
		kvk_evaluator_free(workers[i].evaluator);
	return running;
}

static enum kvk_exit evaluate_side_by_side(
	struct kvk_evaluator *evaluator, unsigned jobs, struct work *work)
{
	struct worker workers[KVK_MANY_THREADS];
	unsigned running;

	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->changed, NULL);
	running = start(workers, jobs, work, evaluator);
	run_worker(&workers[0]);
	for (unsigned i = 1; i < running; i++) {
		pthread_join(workers[i].thread, NULL);
		kvk_evaluator_free(workers[i].evaluator);
	}
	pthread_cond_destroy(&work->changed);
	pthread_mutex_destroy(&work->lock);
	return work->code;
}

enum kvk_exit kvk_many_evaluate(struct kvk_evaluator *evaluator, const struct kvk_files *files,
	unsigned jobs, const struct kvk_many_output *output)
{
	struct work work = { .files = files, .output = output, .window = 1 };
	enum kvk_exit code;

	if (jobs > kvk_files_count(files))
		jobs = (unsigned)kvk_files_count(files);
	if (jobs > KVK_MANY_THREADS)
		jobs = KVK_MANY_THREADS;
	work.results = kvk_calloc(WAITING, sizeof *work.results);
	if (work.results == NULL)
		return evaluate_in_turn(evaluator, files, output);
	code = evaluate_side_by_side(evaluator, jobs, &work);
	for (size_t i = 0; i < WAITING; i++)
		kvk_blob_free(&work.results[i].rendered);
	kvk_free(work.results);
	return code;
}
