// Requests that the tests of expressions build, and how they read values.
#include "tests/emulator/expressions/expression_requests.hpp"

#include <algorithm>
#include <stdexcept>

#include "emulator/wire/values.hpp"

namespace minamo {

Json::Json(std::string_view text) : text_(text), document_(std::make_unique<json::Document>()) {
    std::ranges::replace(text_, '\'', '"');
    if (text_.empty()) return;
    value_ = document_->parse(text_);
    if (value_ == nullptr) throw std::invalid_argument("not JSON: " + text_);
}

std::string encoded_item(std::string_view text) {
    if (text.empty()) return {};
    return storage::encode(item_from_json(Json(text).value()).value());
}

std::string encoded_value(std::string_view text) {
    return storage::encode(value_from_json(Json(text).value()).value());
}

std::string shown(storage::ItemView item) {
    std::string out;
    append_json(out, item);
    std::ranges::replace(out, '"', '\'');
    return out;
}

std::string shown(storage::ValueView value) {
    std::string out;
    append_json(out, value);
    std::ranges::replace(out, '"', '\'');
    return out;
}

Request::Request(std::string_view names, std::string_view values) : names_(names), values_(values) {
    const auto read = substitutions_.read(names_.pointer(), values_.pointer());
    if (!read) throw std::invalid_argument(read.error()->message);
}

}  // namespace minamo
