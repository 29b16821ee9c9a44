// ARNs of tables and streams as answers have them; those of streams are taken apart, too:
//
//   arn:aws:dynamodb:<region>:<account>:table/<table>
//   arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "minamo/options.hpp"

namespace minamo {

// Of the caller's region.
std::string table_arn(const Caller& caller, std::string_view table);
std::string stream_arn(const Caller& caller, std::string_view table, std::string_view label);

// A stream's ARN taken apart; borrows its text.
struct StreamArn {
    std::string_view region;
    std::string_view account;
    std::string_view table;
    std::string_view label;
};

// Nothing where the text has another form.
std::optional<StreamArn> parse_stream_arn(std::string_view text);

// Whether it is an ARN that this caller may have; where one namespace is shared, any caller's.
bool is_of(const StreamArn& arn, const Caller& caller, bool shared);

}  // namespace minamo
