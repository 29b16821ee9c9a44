// NextToken of ExecuteStatement: where the next page starts, bound to the statement and its parameters.
//
//   token = base64 of {"Version":1,"Statement":<hash>,"Read":<number of the range>,"Key":{...}}
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "emulator/statements/bound.hpp"
#include "emulator/wire/error.hpp"
#include "storage/item_codec.hpp"

namespace minamo {

struct PagePosition {
    std::size_t range = 0;
    std::string key;  // encoded
};

std::string page_token(const BoundStatement& statement, const PagePosition& position);
// "Invalid NextToken" of what is no token, "NextToken does not match request" of another statement's.
Result<PagePosition> parse_page_token(const BoundStatement& statement, std::string_view token);
tl::unexpected<Error> invalid_page_token();

}  // namespace minamo
