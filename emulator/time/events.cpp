// Events as bytes:
//
//   event = kind (1), then decimals ended by ' ': table number, index number, steps left, step ms;
//           then the name, 00 and the resume position
#include "emulator/time/events.hpp"

#include <charconv>

#include "storage/faults.hpp"

namespace minamo {
namespace {

std::int64_t take_number(std::string_view& bytes) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
    if (fault != std::errc{} || end == bytes.data() + bytes.size() || *end != ' ') storage::fail_damaged();
    bytes.remove_prefix(static_cast<std::size_t>(end - bytes.data()) + 1);
    return number;
}

Event of_table(EventKind kind, const storage::Table& table, std::uint8_t index_number = 0) {
    Event event;
    event.kind = kind;
    event.table_number = table.number;
    event.name = table.name;
    event.index_number = index_number;
    return event;
}

}  // namespace

Event table_active(const storage::Table& table) {
    return of_table(EventKind::table_active, table);
}

Event table_gone(const storage::Table& table) {
    return of_table(EventKind::table_gone, table);
}

Event index_gone(const storage::Table& table, std::uint8_t index_number) {
    return of_table(EventKind::index_gone, table, index_number);
}

Event ttl_settled(const storage::Table& table) {
    return of_table(EventKind::ttl_settled, table);
}

Event stream_roll(std::uint64_t stream_number, std::string_view table_name) {
    Event event;
    event.kind = EventKind::stream_roll;
    event.table_number = stream_number;
    event.name = table_name;
    return event;
}

Event token_gone(std::string_view token) {
    Event event;
    event.kind = EventKind::token_gone;
    event.name = token;
    return event;
}

std::string encode(const Event& event) {
    std::string out(1, static_cast<char>(event.kind));
    for (const std::int64_t number : {static_cast<std::int64_t>(event.table_number),
                                      static_cast<std::int64_t>(event.index_number), event.steps_left, event.step_ms}) {
        out.append(std::to_string(number)).push_back(' ');
    }
    out.append(event.name).push_back('\0');
    return out.append(event.resume);
}

Event decode_event(std::string_view bytes) {
    Event event;
    if (bytes.empty()) storage::fail_damaged();
    event.kind = static_cast<EventKind>(bytes.front());
    bytes.remove_prefix(1);
    event.table_number = static_cast<std::uint64_t>(take_number(bytes));
    event.index_number = static_cast<std::uint8_t>(take_number(bytes));
    event.steps_left = take_number(bytes);
    event.step_ms = take_number(bytes);
    const std::size_t end = bytes.find('\0');
    if (end == bytes.npos) storage::fail_damaged();
    event.name = bytes.substr(0, end);
    event.resume = bytes.substr(end + 1);
    return event;
}

std::uint64_t take_share(Event& event) {
    std::string_view resume = event.resume;
    const auto share = static_cast<std::uint64_t>(take_number(resume));
    event.resume = std::string(resume);
    event.kind = EventKind::index_backfill;
    return share;
}

void put_share(Event& event, std::uint64_t share) {
    event.resume.insert(0, std::to_string(static_cast<std::int64_t>(share)) + " ");
    event.kind = EventKind::backfill_rest;
}

std::string token_name(std::string_view token) {
    return std::string("token/").append(token);
}

void schedule(storage::WriteTransaction& transaction, std::int64_t moment_ms, const Event& event) {
    transaction.add_due(moment_ms, encode(event));
}

void schedule_backfill(storage::WriteTransaction& transaction, const storage::Table& table, std::uint8_t index_number,
                       std::int64_t now_ms, std::int64_t duration_ms) {
    Event event = of_table(EventKind::index_backfill, table, index_number);
    event.steps_left = backfill_steps;
    const std::int64_t allocation_ms = duration_ms / 4;
    event.step_ms = (duration_ms - allocation_ms) / (backfill_steps - 1);
    schedule(transaction, now_ms + allocation_ms, event);
}

}  // namespace minamo
