/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/many.h"

#include <pthread.h>
#include <stdio.h>

#include "base/alloc.h"
#include "cli/options.h"
#include "cli/terminal.h"

/*
 * Results that wait for one that comes before them. Enough that the others go on while a thread has
 * to wait for its turn on a busy machine, some 10 ms.
 */
#define WAITING 256u

/* What came of one file. */
struct result {
	struct kvk_blob out;
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
	const struct kvk_render *render;
	size_t next, written;
	/* A thread writes results; threads that wait for a place. */
	bool writing;
	unsigned waiting;
	enum kvk_exit code;
	struct result *results;
};

struct worker {
	struct work *work;
	struct kvk_evaluator *judge;
	pthread_t thread;
};

static const char *path_at(const struct kvk_files *files, size_t i)
{
	return *(char *const *)kvk_vec_at(&files->paths, i);
}

static void judge_one(struct kvk_evaluator *judge, const char *path,
	const struct kvk_render *render, struct result *out)
{
	struct kvk_evaluation *judged = NULL;
	enum kvk_err err = kvk_evaluate_file(judge, path, &judged, &out->why);

	out->code = KVK_EXIT_UNKNOWN;
	if (err == KVK_OK) {
		out->code = kvk_verdict_exit(&judged->verdict);
		err = render->write(render->context, path, judged, &out->out);
	} else {
		err = render->write_failure(render->context, path, &out->why, &out->out);
	}
	if (err != KVK_OK) {
		kvk_blob_clear(&out->out);
		out->code = KVK_EXIT_UNKNOWN;
		kvk_error_set(&out->why, err, "%s", kvk_error_text(err));
	}
	kvk_evaluation_free(judged);
}

/* Writes one result and makes its place ready for another; the graver code. */
static enum kvk_exit write_one(
	struct result *result, size_t i, const struct kvk_render *render, enum kvk_exit code)
{
	if (result->why.text[0] != '\0')
		kvk_warn("%s", result->why.text);
	if (i > 0 && result->out.n > 0)
		(void)fputs(render->between, stdout);
	if (!kvk_write(&result->out))
		result->code = KVK_EXIT_UNKNOWN;
	code = kvk_exit_graver(code, result->code);
	kvk_blob_clear(&result->out);
	result->why.text[0] = '\0';
	return code;
}

static enum kvk_exit judge_in_turn(
	struct kvk_evaluator *judge, const struct kvk_files *files, const struct kvk_render *render)
{
	struct result result = { .code = 0 };
	enum kvk_exit code = KVK_EXIT_OK;

	for (size_t i = 0; i < files->paths.count; i++) {
		judge_one(judge, path_at(files, i), render, &result);
		code = write_one(&result, i, render, code);
	}
	kvk_blob_free(&result.out);
	return code;
}

/* Takes the next file; false where there is none left. Waits until its result has a place. */
static bool take(struct work *work, size_t *i)
{
	bool got = false;

	pthread_mutex_lock(&work->lock);
	work->waiting++;
	while (work->next < work->files->paths.count && work->next >= work->written + WAITING)
		pthread_cond_wait(&work->free, &work->lock);
	work->waiting--;
	if (work->next < work->files->paths.count) {
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
		work->code = write_one(result, work->written, work->render, work->code);
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

		judge_one(worker->judge, path_at(work->files, i), work->render, result);
		pthread_mutex_lock(&work->lock);
		result->done = true;
		write_ready(work);
		pthread_mutex_unlock(&work->lock);
	}
	return NULL;
}

/*
 * Makes the judges, then starts the threads: a judge must not be copied while it works. The first
 * worker is this thread with the judge itself. How many there are.
 */
static unsigned start(
	struct worker *workers, unsigned jobs, struct work *work, struct kvk_evaluator *judge)
{
	unsigned ready = 0, running = 1;

	for (; ready < jobs; ready++) {
		workers[ready] = (struct worker){ .work = work, .judge = judge };
		if (ready > 0 && kvk_evaluator_fork(judge, &workers[ready].judge) != KVK_OK)
			break;
	}
	while (running < ready &&
		pthread_create(&workers[running].thread, NULL, run_worker, &workers[running]) == 0)
		running++;
	for (unsigned i = running; i < ready; i++)
		kvk_evaluator_free(workers[i].judge);
	return running;
}

static enum kvk_exit judge_side_by_side(
	struct kvk_evaluator *judge, unsigned jobs, struct work *work)
{
	struct worker workers[KVK_MANY_THREADS];
	unsigned running;

	pthread_mutex_init(&work->lock, NULL);
	pthread_cond_init(&work->free, NULL);
	running = start(workers, jobs, work, judge);
	run_worker(&workers[0]);
	for (unsigned i = 1; i < running; i++) {
		pthread_join(workers[i].thread, NULL);
		kvk_evaluator_free(workers[i].judge);
	}
	pthread_cond_destroy(&work->free);
	pthread_mutex_destroy(&work->lock);
	return work->code;
}

enum kvk_exit kvk_many_evaluate(struct kvk_evaluator *judge, const struct kvk_files *files,
	unsigned jobs, const struct kvk_render *render)
{
	struct work work = { .files = files, .render = render, .code = KVK_EXIT_OK };
	enum kvk_exit code;

	if (jobs > files->paths.count)
		jobs = (unsigned)files->paths.count;
	if (jobs > KVK_MANY_THREADS)
		jobs = KVK_MANY_THREADS;
	work.results = jobs > 1 ? kvk_calloc(WAITING, sizeof *work.results) : NULL;
	if (work.results == NULL)
		return judge_in_turn(judge, files, render);
	code = judge_side_by_side(judge, jobs, &work);
	for (size_t i = 0; i < WAITING; i++)
		kvk_blob_free(&work.results[i].out);
	kvk_free(work.results);
	return code;
}
