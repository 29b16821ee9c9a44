// One table: which faults of which operations the new front finds.
#include "emulator/wire/deployment.hpp"

#include <iterator>
#include <utility>

namespace minamo {
namespace {

constexpr std::string_view envelope = "1 validation error detected: ";

// Operations, a bit each.
enum Front : std::uint8_t { none = 0, put = 1, update = 2, remove = 4, query = 8 };

constexpr std::uint8_t front_of(std::string_view operation) {
    if (operation == "PutItem") return put;
    if (operation == "UpdateItem") return update;
    if (operation == "DeleteItem") return remove;
    return operation == "Query" ? query : none;
}

struct Row {
    RequestFault fault;
    std::uint8_t operations;
};

// clang-format off
constexpr Row rows[] = {
    {RequestFault::none,          none},
    {RequestFault::mixing,        put | update},
    {RequestFault::names_alone,   put | update},
    {RequestFault::values_alone,  put | update},
    {RequestFault::no_values,     put | update},
    {RequestFault::number,        put | update | remove},
    {RequestFault::set_or_null,   put | update},
    {RequestFault::nesting,             update},
    {RequestFault::other_value,   none},
    {RequestFault::condition,     put | update},
    {RequestFault::update,              update},
    {RequestFault::unused,        put | update | remove},
    {RequestFault::expected,      put},
    {RequestFault::return_values, put},
    {RequestFault::select,        query},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (rows[i].fault != static_cast<RequestFault>(i)) return false;
    }
    return std::size(rows) == static_cast<std::size_t>(RequestFault::select) + 1;
}
static_assert(rows_follow_the_enum());

}  // namespace

void word(Error& error, std::string_view operation, Deployment deployment) {
    if (error->fault == RequestFault::none) return;
    const auto operations = rows[static_cast<std::size_t>(error->fault)].operations;
    if (deployment == Deployment::classic || (operations & front_of(operation)) == 0) return word_classic(error);
    error->message.insert(0, envelope);
}

void word_classic(Error& error) {
    if (!error->classic.empty()) error->message = std::exchange(error->classic, {});
    error->fault = RequestFault::none;
}

}  // namespace minamo
