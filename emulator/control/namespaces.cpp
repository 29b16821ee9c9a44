// GET /_minamo/namespaces: those that have been called to some effect, by access key and region.
//
//   answer = {"namespaces":[{"access_key":..,"account":..,"region":..,"clock":{"now":..,"frozen":..,"rate":..},
//             "items":n,"bytes":n,"tables":[{"name":..,"items":n,"bytes":n},..]},..]}
#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "emulator/call.hpp"
#include "emulator/control/calls.hpp"
#include "emulator/lifecycle.hpp"
#include "emulator/namespaces/visit.hpp"
#include "emulator/wire/json.hpp"
#include "emulator/world.hpp"

namespace minamo::control {
namespace {

struct Size {
    std::string name;
    storage::Counters counters;
};

template <class Body>
auto read_caught_up(Namespace& space, Body&& body) {
    return with_room(space, [&] {
        const Visit visit(space);
        catch_up(visit);
        return visit.read(body);
    });
}

// One transaction for each: a table that is seen first has its tree opened, which ends what was read before.
std::vector<Size> tables_of(Namespace& space) {
    const auto names = read_caught_up(space, [](storage::ReadTransaction* transaction) {
        return transaction != nullptr ? transaction->table_names({}, SIZE_MAX) : std::vector<std::string>{};
    });
    std::vector<Size> out;
    for (const std::string& name : names) {
        auto size = read_caught_up(space, [&name](storage::ReadTransaction* transaction) -> std::optional<Size> {
            const storage::Table* table = transaction != nullptr ? transaction->find_table(name) : nullptr;
            if (table == nullptr) return std::nullopt;
            return Size{name, transaction->counters(*table, 0)};
        });
        if (size) out.push_back(std::move(*size));
    }
    return out;
}

void write_sizes(json::Writer& out, const storage::Counters& counters) {
    out.member("items", static_cast<std::int64_t>(counters.items));
    out.member("bytes", static_cast<std::int64_t>(counters.bytes));
}

void write_namespace(json::Writer& out, Namespace& space) {
    const auto tables = tables_of(space);
    storage::Counters sum;
    for (const Size& table : tables) {
        sum.items += table.counters.items;
        sum.bytes += table.counters.bytes;
    }
    out.begin_object();
    out.member("access_key", space.access_key());
    out.member("account", space.account());
    out.member("region", space.region());
    out.key("clock");
    out.begin_object();
    write_clock(out, space.clock());
    out.end_object();
    write_sizes(out, sum);
    out.key("tables");
    out.begin_array();
    for (const Size& table : tables) {
        out.begin_object();
        out.member("name", table.name);
        write_sizes(out, table.counters);
        out.end_object();
    }
    out.end_array();
    out.end_object();
}

}  // namespace

Answer list_namespaces(World& world, const Target& whom) {
    std::vector<Namespace*> spaces = world.namespaces.all();
    if (!whom.all && !world.options.shared_db) {
        std::erase_if(spaces, [&](const Namespace* space) {
            return space->account() != whom.caller.account || space->region() != whom.caller.region;
        });
    }
    std::ranges::sort(spaces, [](const Namespace* left, const Namespace* right) {
        return std::tuple(left->access_key(), left->region()) < std::tuple(right->access_key(), right->region());
    });
    std::string text;
    json::Writer out(text);
    out.begin_object();
    out.key("namespaces");
    out.begin_array();
    for (Namespace* space : spaces) write_namespace(out, *space);
    out.end_array();
    out.end_object();
    return reply(text);
}

}  // namespace minamo::control
