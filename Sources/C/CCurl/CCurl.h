#pragma once
// libcurl's option calls are variadic macros, which Swift cannot import: one typed function for each kind of argument.
#include <curl/curl.h>

static inline CURLcode huitong_curl_set_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode huitong_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode huitong_curl_set_string(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode huitong_curl_set_pointer(CURL *handle, CURLoption option, const void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

typedef size_t (*huitong_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode huitong_curl_set_data_callback(
    CURL *handle, CURLoption option, huitong_curl_data_callback callback) {
    return (curl_easy_setopt)(handle, option, callback);
}

typedef curl_socket_t (*huitong_curl_open_socket)(
    void *context, curlsocktype purpose, struct curl_sockaddr *address);

static inline CURLcode huitong_curl_set_open_socket(CURL *handle, huitong_curl_open_socket callback) {
    return (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
}

static inline CURLcode huitong_curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode huitong_curl_get_string(CURL *handle, CURLINFO info, char **value) {
    return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode huitong_curl_get_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLcode huitong_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
    return (curl_easy_getinfo)(handle, info, value);
}

static inline CURLMcode huitong_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

// The union inside CURLMsg does not reach Swift.
static inline CURLcode huitong_curl_message_result(const CURLMsg *message) { return message->data.result; }
