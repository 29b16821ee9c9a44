// The cursor walks groups of rows in the order of their keys. A group is one row, or a run (key_codec.hpp): rows whose
// keys agree as far as any key is cut, so that their order is only in what the rows themselves hold. A run is read
// whole and sorted by its whole keys; all other keys are whole as they stand.
#include "storage/range.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

#include "storage/range_bounds.hpp"
#include "storage/store_state.hpp"

namespace minamo::storage {
namespace {

constexpr std::size_t ordered_bytes_short = 47;  // so that most keys take one allocation of 64 bytes
constexpr std::size_t run_key_bytes = row_key_head_bytes + ordered_bytes_max;

// The one row key of a range that is one: a whole key of the table, uncut. Empty: the range is none.
std::string only_key(const Table& table, const KeyRange& range) {
    std::string key;
    const bool whole = table.keys.sort.empty() || range.sort_operator == SortOperator::eq;
    if (range.index != nullptr || !range.partition || !whole || !range.start_after.empty()) return key;
    key.reserve(row_key_head_bytes + ordered_bytes_short);
    key.push_back('\0');
    key.append(bytes_of(*range.partition));
    if (!table.keys.sort.empty()) append_sort_value(key, ValueView(range.sort_low), SortForm::plain);
    if (key.size() >= run_key_bytes) key.clear();
    return key;
}

// What decides between groups: as much of a key as is never cut.
std::string_view uncut(std::string_view key) {
    return key.substr(0, run_key_bytes);
}

}  // namespace

struct RangeCursor::State {
    struct RunRow {
        std::string whole_key;
        std::string_view row;
    };

    State(TransactionState& transaction_state, const Table& of_table, const KeyRange& range)
        : transaction(transaction_state), table(of_table), index(range.index), forward(range.forward) {}

    void begin(lmdb::Database tree, const KeyRange& range) {
        if (const std::string key = only_key(table, range); !key.empty()) {
            if (const auto row = transaction.transaction.get(tree, key)) only = *row;
            return;
        }
        bounds = bounds_of(table, range);
        if (bounds.low >= bounds.high) return;
        cursor.emplace(transaction.transaction, tree);
        on_row = start();
    }

    // To the first row that may be in the range.
    bool start() {
        if (forward) return cursor->seek(uncut(bounds.low));
        const bool within_run = bounds.high.size() > run_key_bytes;
        const bool found = cursor->seek(within_run ? after_prefix(uncut(bounds.high)) : bounds.high);
        return found ? cursor->previous() : cursor->last();
    }
    bool step() { return forward ? cursor->next() : cursor->previous(); }

    // Whether this group and all that follow are outside.
    bool is_past(std::string_view key) const {
        return forward ? uncut(key) >= bounds.high : uncut(key) < uncut(bounds.low);
    }

    // Reads the run that begins here; the cursor then stands behind it.
    void read_run() {
        const std::string_view prefix = uncut(cursor->key());
        run.clear();
        run_next = 0;
        do {
            std::string whole(prefix.substr(0, row_key_head_bytes));
            whole += full_ordered_part(table, index, ItemView(cursor->value()));
            if (whole >= bounds.low && whole < bounds.high) run.push_back({std::move(whole), cursor->value()});
            on_row = step();
        } while (on_row && cursor->key().starts_with(prefix));
        std::ranges::sort(run, [this](const RunRow& a, const RunRow& b) {
            return forward ? a.whole_key < b.whole_key : b.whole_key < a.whole_key;
        });
        moved = true;
    }

    ItemView next() {
        assert(writes == transaction.writes.value() && "a range is read on after a write in its transaction");
        if (!only.empty()) return transaction.lend(std::exchange(only, {}));
        if (run_next < run.size()) return transaction.lend(run[run_next++].row);
        while (cursor) {
            if (!std::exchange(moved, false)) on_row = step();
            if (!on_row || is_past(cursor->key())) break;
            if (cursor->key().size() < run_key_bytes) return transaction.lend(cursor->value());
            read_run();
            if (run_next < run.size()) return transaction.lend(run[run_next++].row);
        }
        cursor.reset();
        return {};
    }

    TransactionState& transaction;
    const Table& table;
    const Index* index;
    const bool forward;
    Bounds bounds;
    std::uint64_t writes = 0;            // of the transaction when the cursor began
    std::optional<lmdb::Cursor> cursor;  // none: at the end
    std::string_view only;               // the row of a range that is one, before it is read
    bool on_row = false;
    bool moved = true;  // the cursor stands on what is to come next
    std::vector<RunRow> run;
    std::size_t run_next = 0;
};

RangeCursor::RangeCursor(Transaction& transaction, const Table& table, const KeyRange& range)
    : state_(std::make_unique<State>(transaction.state(), table, range)) {
    TransactionState& within = transaction.state();
    const lmdb::Database tree = within.tree(table.number);
    state_->writes = within.writes.value();
    if (tree.is_open()) state_->begin(tree, range);
}

RangeCursor::~RangeCursor() = default;

ItemView RangeCursor::next() {
    return state_->next();
}

}  // namespace minamo::storage
