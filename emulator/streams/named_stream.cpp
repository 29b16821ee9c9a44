// A stream of another account or region is as unknown as one that never was.
#include "emulator/streams/named_stream.hpp"

#include <utility>

#include "emulator/wire/arns.hpp"
#include "emulator/world.hpp"

namespace minamo {

Result<storage::Stream> named_stream(Call& call, storage::Transaction* transaction, std::string_view arn) {
    const auto parts = parse_stream_arn(arn);
    if (!parts) return invalid("Invalid StreamArn");
    if (call.world.options.on_call) call.table = parts->table;
    if (transaction != nullptr && is_of(*parts, call.caller, call.world.options.shared_db)) {
        if (auto stream = find_stream(*transaction, parts->table, parts->label)) return std::move(*stream);
    }
    return fail(ErrorKind::resource_not_found,
                "Requested resource not found: Stream: " + std::string(arn) + " not found");
}

tl::unexpected<Error> trimmed_data_access() {
    return fail(ErrorKind::trimmed_data_access,
                "The operation attempted to read past the oldest stream record in a shard.");
}

}  // namespace minamo
