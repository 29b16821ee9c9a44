// Streams by their ARN, with the words for what is not there.
#pragma once

#include <string_view>

#include "emulator/call.hpp"
#include "storage/journal.hpp"

namespace minamo {

// The stream of this ARN. ValidationException for a text that is no stream's ARN; ResourceNotFoundException for a
// stream of another region or account, and where there is none. `transaction` may be null: no table was ever created
// here.
Result<storage::Stream> named_stream(Call& call, storage::Transaction* transaction, std::string_view arn);

// TrimmedDataAccessException.
tl::unexpected<Error> trimmed_data_access();

}  // namespace minamo
