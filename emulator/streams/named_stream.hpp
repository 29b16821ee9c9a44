// Stream ARNs: arn:aws:dynamodb:<region>:<account>:table/<table>/stream/<label>
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emulator/dispatch.hpp"
#include "storage/journal.hpp"

namespace minamo {

// An ARN taken apart; borrows its text.
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

// Of the caller's region.
std::string stream_arn(const Caller& caller, const storage::Stream& stream);

// The stream of this ARN. ValidationException for a text that is no stream's ARN; ResourceNotFoundException for a
// stream of another region or account, and where there is none. `transaction` may be null: no table was ever created
// here.
Result<storage::Stream> named_stream(Call& call, storage::Transaction* transaction, std::string_view arn);

// TrimmedDataAccessException.
tl::unexpected<Error> trimmed_data_access();

// A sequence number as the API shows it: 21 digits, whose order as texts is theirs.
std::string sequence_text(std::uint64_t sequence);
// Nothing where sequence_text() gives no such text.
std::optional<std::uint64_t> parse_sequence(std::string_view text);

}  // namespace minamo
