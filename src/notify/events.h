/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Notifying people elsewhere: what is new for a channel becomes a message, which is recorded
 * together with what it says, then sent, then removed. One that could not be delivered, or of which
 * nobody knows because the program was killed, is sent again by the next run, octet for octet. Each
 * channel fails alone; the others are notified of its failure, once a calendar day.
 */
#ifndef KVKCSR_NOTIFY_EVENTS_H
#define KVKCSR_NOTIFY_EVENTS_H

#include "notify/notify.h"

/* The most channels that take messages. */
#define KVK_EVENT_CHANNELS 3

/* The messages of one run. Borrows everything. */
struct kvk_events {
	/* Its channels are not used. */
	struct kvk_notification notification;
	const struct kvk_event_channel *channels;
	size_t count;
	/* Where messages say that they come from; escaped by report/news.h. */
	const char *host, *home;
	/* Commands to copy name the home, since they would use another one without that. */
	bool home_named;
	/* The text around notices (report/news.h). */
	struct kvk_span frame;
	/* Called for each failure of a channel; why is never empty. May be NULL. */
	void (*warn)(const char *channel, const struct kvk_error *why);
};

/*
 * Sends what is waiting and what is new, on each channel, and notes in the views who took it. *all
 * is whether everything was delivered. To be called as kvk_notify_send(). The errors are those of
 * recording: what was sent will be sent again then.
 */
enum kvk_err kvk_events_send(const struct kvk_events *events, struct kvk_views *views, bool *all);
/*
 * Remembers when a channel worked, where it sent everything or some recipients had it, and when it
 * failed. taken: everybody has the message; some: some have who had not. The errors of the
 * inventory.
 */
enum kvk_err kvk_events_note_sent(
	const struct kvk_notification *notification, const char *channel, bool taken, bool some);
/*
 * Sends words on one channel, now, and records nothing but kvk_events_note_sent(). The errors of
 * the channel, with why.
 */
enum kvk_err kvk_events_send_words(const struct kvk_events *events,
	const struct kvk_event_channel *channel, const char *subject, const char *text,
	struct kvk_error *why);
/*
 * Notifies the other channels that one has failed that is not of these, such as the heartbeat; once
 * a calendar day. The errors of recording.
 */
enum kvk_err kvk_events_notify_failure(const struct kvk_events *events, struct kvk_views *views,
	const char *channel, const struct kvk_error *failure);
/*
 * Appends what kvk_events_send() would send, for people, and notes in the views who would get it.
 * The errors of the inventory and of composing, with why.
 */
enum kvk_err kvk_events_show(const struct kvk_events *events, struct kvk_views *views,
	struct kvk_blob *out, struct kvk_error *why);

#endif
