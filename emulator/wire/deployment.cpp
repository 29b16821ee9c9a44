// One table: which faults the new front finds, of which operations.
#include "emulator/wire/deployment.hpp"

#include <iterator>
#include <utility>

namespace minamo {
namespace {

constexpr std::string_view envelope = "1 validation error detected: ";

// As bits of a row.
constexpr std::uint8_t none = static_cast<std::uint8_t>(Front::none);
constexpr std::uint8_t put = static_cast<std::uint8_t>(Front::put);
constexpr std::uint8_t update = static_cast<std::uint8_t>(Front::update);
constexpr std::uint8_t remove = static_cast<std::uint8_t>(Front::remove);
constexpr std::uint8_t query = static_cast<std::uint8_t>(Front::query);

struct Row {
    RequestFault fault;
    std::uint8_t fronts;
};

// clang-format off
constexpr Row rows[] = {
    {RequestFault::none,          none},
    {RequestFault::mixing,        put | update},
    {RequestFault::names_alone,   put | update},
    {RequestFault::values_alone,  put | update},
    {RequestFault::no_values,     put | update},
    {RequestFault::number,        put | update | remove},
    {RequestFault::null_or_texts, put | update},
    {RequestFault::set,           put | update},
    {RequestFault::nesting,             update},
    {RequestFault::datatype,      none},
    {RequestFault::map_name,      none},
    {RequestFault::condition,     put | update},
    {RequestFault::update,              update},
    {RequestFault::unused,        put | update | remove},
    {RequestFault::expected,      put},
    {RequestFault::return_values, put},
    {RequestFault::select,        query},
    {RequestFault::empty_index_key, none},
};
// clang-format on

constexpr bool rows_follow_the_enum() {
    for (std::size_t i = 0; i < std::size(rows); ++i) {
        if (rows[i].fault != static_cast<RequestFault>(i)) return false;
    }
    return std::size(rows) == static_cast<std::size_t>(RequestFault::empty_index_key) + 1;
}
static_assert(rows_follow_the_enum());

}  // namespace

void word(Error& error, Front front, Deployment deployment) {
    if (error->fault == RequestFault::none) return;
    const std::uint8_t fronts = rows[static_cast<std::size_t>(error->fault)].fronts;
    if (deployment == Deployment::classic || (fronts & static_cast<std::uint8_t>(front)) == 0)
        return word_classic(error);
    error->message.insert(0, envelope);
}

void word_classic(Error& error) {
    if (!error->classic.empty()) error->message = std::exchange(error->classic, {});
    error->fault = RequestFault::none;
}

}  // namespace minamo
