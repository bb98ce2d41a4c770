// SPDX-License-Identifier: Apache-2.0
#include "post/index.h"

#include <memory>
#include <new>

#include <simdjson.h>

struct sl_post_index {
    std::unique_ptr<simdjson::internal::dom_parser_implementation> stages;
};

sl_post_index *sl_post_index_open(size_t record_max_bytes, const char **ret_reason) {
    std::unique_ptr<sl_post_index> index(new (std::nothrow) sl_post_index);
    simdjson::error_code error = simdjson::MEMALLOC;
    if (index != nullptr) {
        // The depth is a matter of the second stage, which is not used.
        error = simdjson::get_active_implementation()->create_dom_parser_implementation(
            record_max_bytes, 1, index->stages);
    }
    if (error != simdjson::SUCCESS) {
        *ret_reason = simdjson::error_message(error);
        return nullptr;
    }
    return index.release();
}

void sl_post_index_close(sl_post_index *index) {
    delete index;
}

sl_post_index_result sl_post_index_run(sl_post_index *index, const char *record, size_t len,
                                       const uint32_t **ret_places, uint32_t *ret_count) {
    // stage1 promises nothing for an empty record.
    if (len == 0) {
        return SL_POST_INDEX_BROKEN;
    }
    simdjson::error_code error = index->stages->stage1(reinterpret_cast<const uint8_t *>(record),
                                                       len, simdjson::stage1_mode::regular);
    *ret_places = index->stages->structural_indexes.get();
    *ret_count = index->stages->n_structural_indexes;
    switch (error) {
    case simdjson::SUCCESS:
        return SL_POST_INDEX_OK;
    case simdjson::UTF8_ERROR:
        return SL_POST_INDEX_NOT_UTF8;
    default:
        return SL_POST_INDEX_BROKEN;
    }
}
