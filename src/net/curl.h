/* SPDX-License-Identifier: Apache-2.0 */
/*
 * libcurl, loaded when the first address is read or asked. Most runs ask nothing, and to load the
 * thirty libraries that it needs takes longer than everything else such a run does. net/ alone uses
 * it, and calls it as kvk_curl->easy_init() and so on.
 */
#ifndef KVKCSR_NET_CURL_H
#define KVKCSR_NET_CURL_H

#include <curl/curl.h>

#include "base/error.h"

/* The functions that are used, without "curl_". */
#define KVK_CURL_FUNCTIONS(X) \
	X(easy_cleanup) \
	X(easy_getinfo) \
	X(easy_header) \
	X(easy_init) \
	X(easy_perform) \
	X(easy_setopt) \
	X(free) \
	X(global_cleanup) \
	X(global_init) \
	X(multi_add_handle) \
	X(multi_cleanup) \
	X(multi_info_read) \
	X(multi_init) \
	X(multi_perform) \
	X(multi_poll) \
	X(multi_remove_handle) \
	X(multi_setopt) \
	X(slist_append) \
	X(slist_free_all) \
	X(url) \
	X(url_cleanup) \
	X(url_get) \
	X(url_set)

#define KVK_CURL_MEMBER(name) __typeof__(curl_##name) *name;
struct kvk_curl {
	KVK_CURL_FUNCTIONS(KVK_CURL_MEMBER)
};
#undef KVK_CURL_MEMBER

/* NULL until kvk_curl_load() has succeeded. */
extern const struct kvk_curl *kvk_curl;

/*
 * Loads the library, once; it stays until the program ends. One thread at a time.
 * KVK_ERR_LIBRARY where it is missing or lacks a function.
 */
enum kvk_err kvk_curl_load(void);

#endif
