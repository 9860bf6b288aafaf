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

/* What came of one file. */
struct result {
	struct kvk_blob rendered;
	struct kvk_error why;
	enum kvk_exit code;
	bool done;
};

/* What the threads share; all but the constants only under the lock. */
struct work {
	pthread_mutex_t lock;
	/* A place has become free. */
	pthread_cond_t free;
	const struct kvk_files *files;
	const struct kvk_many_output *output;
	size_t next, written;
	/* A thread writes results; threads that wait for a place. */
	bool writing;
	unsigned waiting;
	enum kvk_exit code;
	struct result *results;
};

struct worker {
	struct work *work;
	struct kvk_evaluator *evaluator;
	pthread_t thread;
};

static enum kvk_err render(struct kvk_evaluator *evaluator, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	struct kvk_evaluation *evaluation = NULL;
	enum kvk_err err = kvk_evaluate_file(evaluator, path, &evaluation, &out->why);

	if (err != KVK_OK) {
		out->code = KVK_EXIT_UNKNOWN;
		return output->render_failure(output->context, path, &out->why, &out->rendered);
	}
	out->code = kvk_verdict_exit(&evaluation->verdict);
	err = output->render(output->context, path, evaluation, &out->rendered);
	kvk_evaluation_free(evaluation);
	return err;
}

static void evaluate_one(struct kvk_evaluator *evaluator, const char *path,
	const struct kvk_many_output *output, struct result *out)
{
	enum kvk_err err = render(evaluator, path, output, out);

	if (err != KVK_OK) {
		kvk_blob_clear(&out->rendered);
		out->code = KVK_EXIT_UNKNOWN;
		kvk_error_set(&out->why, err, "%s", kvk_error_text(err));
	}
}

/* Writes one result and makes its place ready for another; the graver code. */
static enum kvk_exit write_one(
	struct result *result, size_t i, const struct kvk_many_output *output, enum kvk_exit code)
{
	if (!output->write(output->context, i, &result->rendered, &result->why))
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
		evaluate_one(evaluator, kvk_files_at(files, i), output, &result);
		code = write_one(&result, i, output, code);
	}
	kvk_blob_free(&result.rendered);
	return code;
}

/* Takes the next file; false where there is none left. Waits until its result has a place. */
static bool take(struct work *work, size_t *i)
{
	bool got = false;

	pthread_mutex_lock(&work->lock);
	work->waiting++;
	while (work->next < kvk_files_count(work->files) && work->next >= work->written + WAITING)
		pthread_cond_wait(&work->free, &work->lock);
	work->waiting--;
	if (work->next < kvk_files_count(work->files)) {
		*i = work->next++;
		got = true;
	}
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
			pthread_cond_broadcast(&work->free);
		result = &work->results[work->written % WAITING];
	}
	work->writing = false;
}

static void *run_worker(void *argument)
{
	struct worker *worker = argument;
	struct work *work = worker->work;
	size_t i;

	while (take(work, &i)) {
		struct result *result = &work->results[i % WAITING];

		evaluate_one(worker->evaluator, kvk_files_at(work->files, i), work->output, result);
		pthread_mutex_lock(&work->lock);
		result->done = true;
		write_ready(work);
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
	pthread_cond_init(&work->free, NULL);
	running = start(workers, jobs, work, evaluator);
	run_worker(&workers[0]);
	for (unsigned i = 1; i < running; i++) {
		pthread_join(workers[i].thread, NULL);
		kvk_evaluator_free(workers[i].evaluator);
	}
	pthread_cond_destroy(&work->free);
	pthread_mutex_destroy(&work->lock);
	return work->code;
}

enum kvk_exit kvk_many_evaluate(struct kvk_evaluator *evaluator, const struct kvk_files *files,
	unsigned jobs, const struct kvk_many_output *output)
{
	struct work work = { .files = files, .output = output, .code = KVK_EXIT_OK };
	enum kvk_exit code;

	if (jobs > kvk_files_count(files))
		jobs = (unsigned)kvk_files_count(files);
	if (jobs > KVK_MANY_THREADS)
		jobs = KVK_MANY_THREADS;
	work.results = jobs > 1 ? kvk_calloc(WAITING, sizeof *work.results) : NULL;
	if (work.results == NULL)
		return evaluate_in_turn(evaluator, files, output);
	code = evaluate_side_by_side(evaluator, jobs, &work);
	for (size_t i = 0; i < WAITING; i++)
		kvk_blob_free(&work.results[i].rendered);
	kvk_free(work.results);
	return code;
}
