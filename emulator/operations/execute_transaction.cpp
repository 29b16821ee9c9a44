// ExecuteTransaction: up to 100 statements, all reads or all writes, done together. What is wrong with a statement is
// told of the call; what is wrong with its key or its table cancels the transaction with a reason.
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "emulator/items/cancellations.hpp"
#include "emulator/items/collection_metrics.hpp"
#include "emulator/items/item_keys.hpp"
#include "emulator/items/transaction_reads.hpp"
#include "emulator/items/transaction_writes.hpp"
#include "emulator/operations/handlers.hpp"
#include "emulator/statements/bound.hpp"
#include "emulator/statements/single_read.hpp"
#include "emulator/statements/statement_table.hpp"
#include "emulator/statements/write.hpp"

namespace minamo {
namespace {

using storage::ItemView;

using Statements = std::deque<BoundStatement>;

// What is told of one statement of the call.
Result<void> prefixed(std::size_t position, Result<void> step) {
    if (!step) {
        step.error()->message.insert(0, "Validation failed in TransactStatements[" + std::to_string(position) + "]: ");
    }
    return step;
}

bool is_read(const Statements& statements) {
    return statements.front().is_read();
}

Result<void> check_kinds(const Statements& statements) {
    for (std::size_t i = 0; i < statements.size(); ++i) {
        if (statements[i].kind() == StatementKind::other) TRY(prefixed(i, pass_stage(statements[i], Stage::text)));
        if (statements[i].kind() == StatementKind::operate) {
            return prefixed(i, invalid("Unsupported operation in transaction."));
        }
    }
    for (const BoundStatement& statement : statements) {
        if (statement.is_read() == is_read(statements)) continue;
        return invalid("ExecuteTransaction API does not support both read and write operations in the same request.");
    }
    return {};
}

Result<void> take_statements(Input input, Statements& statements) {
    const auto& elements = input.find("TransactStatements")->GetArray();
    for (const auto& element : elements) TRY(take_parameters(Input(element), statements.emplace_back()));
    std::size_t position = 0;
    for (const auto& element : elements) {
        TRY(prefixed(position, take_statement(Input(element), statements[position])));
        ++position;
    }
    return check_kinds(statements);
}

Result<void> check_clauses(const BoundStatement& statement) {
    if (statement.translation->has_returning) {
        return invalid("RETURNING clause is not supported in ExecuteTransaction.");
    }
    if (statement.translation->index && statement.is_read()) {
        return invalid("Reads on indices are not supported within transactions.");
    }
    if (statement.translation->index && statement.kind() == StatementKind::exists) {
        return invalid("Operations on indices are not supported in transactions");
    }
    return pass_stage(statement, Stage::target);
}

// The statement against its table. What comes back is wrong with the statement; `reason` is what cancels the
// transaction.
Result<void> suit_write(const storage::Table& table, const BoundStatement& statement, TransactedWrite& out,
                        std::optional<Error>& reason) {
    out.table = &table;
    if (statement.kind() == StatementKind::exists) {
        auto key = exists_key(table, statement);
        if (!key) return invalid("EXISTS() must contain a single item read with additional condition");
        out.write.action = WriteAction::check;
        out.write.presence = Presence::required;
        out.write.key = std::move(*key);
        out.write.condition = statement.where;
        out.write.return_old_on_failure = statement.return_old_on_failure;
        if (const auto suits = check_key(table, ItemView(out.write.key)); !suits) reason = suits.error();
        return {};
    }
    if (statement.kind() != StatementKind::insert && !named_key(table, statement.where)) {
        reason = key_mismatch().value();
    } else if (const auto made = make_write(table, statement, out.write); !made) {
        reason = made.error();
    }
    return {};
}

Result<void> suit_read(const storage::Table& table, const BoundStatement& statement, TransactedRead& out,
                       std::optional<Error>& reason) {
    out.table = &table;
    out.projection = &statement.projection;
    TRY_LET(key, single_read_key(table, statement));
    if (!key) {
        return invalid("Select statements within ExecuteTransaction must specify the primary key in the where clause.");
    }
    out.key = std::move(*key);
    if (const auto suits = check_key(table, ItemView(out.key)); !suits) reason = suits.error();
    return {};
}

// Binds all statements to their tables, in order: `suit(table, statement, position, reason)` makes of each what it
// does.
template <class Suit>
Result<void> suit_all(Call& call, storage::Transaction* transaction, Statements& statements, Suit suit) {
    std::vector<CancellationReason> reasons(statements.size());
    for (std::size_t i = 0; i < statements.size(); ++i) {
        TRY(prefixed(i, bind_statement(statements[i])));
        if (statements[i].translation->table.empty()) TRY(prefixed(i, pass_stage(statements[i], Stage::target)));
        const auto table = statement_table(call, transaction, statements[i]);
        if (!table) {
            reasons[i] = reason_of(table.error());
            continue;
        }
        TRY(prefixed(i, check_clauses(statements[i])));
        std::optional<Error> reason;
        TRY(prefixed(i, suit(**table, statements[i], i, reason)));
        if (reason) reasons[i] = reason_of(*reason);
    }
    if (any_failed(reasons)) return tl::unexpected(transaction_canceled(reasons));
    return {};
}

Result<void> check_distinct_reads(const std::deque<TransactedRead>& reads) {
    std::set<std::pair<const storage::Table*, std::string>> seen;
    for (const TransactedRead& read : reads) {
        if (seen.emplace(read.table, table_row_key(*read.table, ItemView(read.key)).bytes()).second) continue;
        return repeated_item();
    }
    return {};
}

Result<void> read(Call& call, Statements& statements) {
    return call.space.read([&](storage::ReadTransaction* transaction) -> Result<void> {
        std::deque<TransactedRead> reads(statements.size());
        TRY(suit_all(call, transaction, statements,
                     [&](const storage::Table& table, const BoundStatement& statement, std::size_t i,
                         std::optional<Error>& reason) { return suit_read(table, statement, reads[i], reason); }));
        TRY(check_distinct_reads(reads));
        return answer_reads(call, *transaction, reads, NothingLeft::empty_item);
    });
}

void write_answer(Call& call, std::string_view capacity) {
    call.out.begin_object();
    call.out.key("Responses");
    call.out.begin_array();
    call.out.end_array();
    if (capacity_detail(call.input) != CapacityDetail::none) {
        call.out.key("ConsumedCapacity");
        call.out.raw(capacity);
    }
    call.out.end_object();
}

// Tokens of statements are apart from those of TransactWriteItems, which have 36 characters at most.
std::string token_of(Input input) {
    const std::string_view given = input.text("ClientRequestToken");
    return given.empty() ? std::string{} : "the statements of an ExecuteTransaction/" + std::string(given);
}

Result<void> write(Call& call, Statements& statements) {
    const std::string token = token_of(call.input);
    return call.space.write([&](storage::WriteTransaction* transaction) -> Result<void> {
        std::deque<TransactedWrite> writes(statements.size());
        TRY(suit_all(call, transaction, statements,
                     [&](const storage::Table& table, const BoundStatement& statement, std::size_t i,
                         std::optional<Error>& reason) { return suit_write(table, statement, writes[i], reason); }));
        TRY(check_distinct_items(writes));
        const CapacityDetail detail = capacity_detail(call.input);
        TRY_LET(earlier, earlier_transaction(call, *transaction, token));
        if (earlier) {
            write_answer(call, detail == CapacityDetail::indexes ? earlier->indexes : earlier->total);
            return {};
        }
        CollectionMetrics metrics(false);
        TRY_LET(uses, execute_writes(call, *transaction, writes, metrics));
        if (!token.empty()) keep_token(call, *transaction, token, replayed(uses));
        write_answer(call, capacity_text(uses, detail));
        return {};
    });
}

}  // namespace

Result<void> execute_transaction(Call& call) {
    Statements statements;
    TRY(take_statements(call.input, statements));
    return is_read(statements) ? read(call, statements) : write(call, statements);
}

}  // namespace minamo
