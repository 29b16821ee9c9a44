// One member function for each part of the grammar, and one that damages what they made.
#include "tests/grammar/statements/make_statements.hpp"

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <random>
#include <string_view>
#include <utility>

#include "tests/grammar/statements/all_keywords.hpp"

namespace minamo::grammar {
namespace {

using Texts = std::initializer_list<std::string_view>;

// Compilers may draw in different order: a seed means the same statements in programs of one compiler only.
class Maker {
public:
    explicit Maker(std::uint32_t seed) : random_(seed) {}

    std::string statement();
    std::string damaged(const std::string& text);
    bool chance(std::uint32_t percent) { return below(100) < percent; }

private:
    std::uint32_t below(std::size_t end) { return static_cast<std::uint32_t>(random_() % end); }
    std::string any(Texts texts) { return std::string(texts.begin()[below(texts.size())]); }
    std::string maybe(std::uint32_t percent, const std::string& text) { return chance(percent) ? text : ""; }

    std::string name() {
        return any({"a", "b", "c", "t", "pk", "\"sk\"", "\"my-t\"", "x1", "$v", "_z", "\"q\"\"x\"", "status"});
    }
    std::string number() {
        return any({"1", "0", "2", "1.5", ".5", "5.", "007", "1e3", "1E+3", "-1", "- 1", "+1", "99"});
    }
    std::string text() { return any({"'a'", "''", "'it''s'", "'x y'"}); }
    std::string keyword() { return std::string(all_keywords[below(std::size(all_keywords))]); }
    std::string leaf();
    std::string path(int depth);
    std::string expressions(int depth, std::uint32_t least);
    std::string operation(int depth);
    std::string call(int depth);
    std::string value(int depth);
    std::string rarity(int depth);
    std::string expression(int depth);
    std::string alias() { return any({"", "", "", "", "", "", " AS x", " x", " AT y", " AS x AT y BY z"}); }
    std::string source(int depth);
    std::string items(int depth);
    std::string select(int depth);
    std::string returning();
    std::string clauses();
    std::string where() { return maybe(70, " WHERE " + expression(2)); }
    std::string insertion();

    std::mt19937 random_;
};

std::string Maker::leaf() {
    switch (below(6)) {
        case 0:
            return number();
        case 1:
            return text();
        case 2:
            return any({"?", "?", "null", "true", "missing", "FALSE"});
        default:
            return path(0);
    }
}

std::string Maker::path(int depth) {
    std::string out = name();
    for (std::uint32_t steps = below(3); steps > 0; --steps) {
        const std::uint32_t kind = below(100);
        if (kind < 50) {
            out += "." + name();
        } else if (kind < 80) {
            out += "[" + any({"0", "1", "'k'", "x", "\"y\""}) + "]";
        } else if (kind < 90) {
            out += any({".*", "[*]"});
        } else if (depth > 0) {
            out += "[" + expression(depth - 1) + "]";
        }
    }
    return out;
}

std::string Maker::expressions(int depth, std::uint32_t least) {
    std::string out;
    for (std::uint32_t count = least + below(3); count > 0; --count) {
        out += expression(depth - 1) + (count > 1 ? ", " : "");
    }
    return out;
}

std::string Maker::operation(int depth) {
    const auto part = [this, depth] { return expression(depth - 1); };
    const std::string left = part();
    switch (below(8)) {
        case 0:
            return left + any({" BETWEEN ", " NOT BETWEEN "}) + part() + " AND " + part();
        case 1:
            return left + any({" IN (", " NOT IN ("}) + expressions(depth, 1) + ")";
        case 2:
            return left + any({" IS ", " IS NOT "}) +
                   any({"NULL", "MISSING", "INT", "STRING", "VARCHAR(5)", "DECIMAL(1,2)", "TIME WITH TIME ZONE", "LIST",
                        "DOUBLE PRECISION", "FOO", "BOOL(1)", "TIME(3)", "CHAR(1,2)"});
        case 3:
            return left + any({" LIKE ", " NOT LIKE "}) + part() + maybe(40, " ESCAPE " + text());
        case 4:
            return any({"NOT ", "- ", "+ ", "-", "NOT NOT "}) + left;
        default:
            return left + any({" = ",   " <> ", " != ",  " < ",  " <= ",    " > ",         " >= ",
                               " AND ", " OR ", " AND ", " OR ", " + ",     " - ",         " || ",
                               " * ",   " / ",  " % ",   " = ",  " UNION ", " UNION ALL ", " EXCEPT "}) +
                   part();
    }
}

std::string Maker::call(int depth) {
    return any({"size", "begins_with", "contains", "attribute_type", "f", "EXISTS", "list_append", "\"F\"", "COUNT",
                "max", "bag", "list", "lower", "coalesce", "char_length"}) +
           "(" + expressions(depth, 0) + ")";
}

std::string Maker::value(int depth) {
    switch (below(4)) {
        case 0:
            return "[" + expressions(depth, 0) + "]";
        case 1:
            return "<<" + expressions(depth, 0) + ">>";
        case 2:
            return "(" + expressions(depth, 1) + ")";
        default:
            return "{" + text() + ": " + expression(depth - 1) + maybe(50, ", 'k': " + expression(depth - 1)) + "}";
    }
}

std::string Maker::rarity(int depth) {
    const auto part = [this, depth] { return expression(depth - 1); };
    switch (below(12)) {
        case 0:
            return any({"CAST(", "CAN_CAST("}) + part() + " AS " + any({"INT", "STRING", "DECIMAL(1)", "TIME(3)"}) +
                   ")";
        case 1:
            return "CASE " + maybe(50, part()) + " WHEN " + part() + " THEN " + part() + maybe(50, " ELSE " + part()) +
                   " END";
        case 2:
            return any({"DATE ", "TIME ", "TIME (3) ", "TIME WITH TIME ZONE "}) +
                   any({"'2020-01-01'", "'12:00:00'", "'2020-02-31'", "a"});
        case 3:
            return "substring(" + part() + any({" FROM ", ", "}) + part() +
                   (chance(50) ? any({" FOR ", ", "}) + part() : "") + ")";
        case 4:
            return "trim(" + any({"", "both ", "leading "}) + any({"", "x "}) + any({"", "from "}) + part() + ")";
        case 5:
            return "extract(" + any({"year", "month", "foo"}) + " from " + part() + ")";
        case 6:
            return any({"date_add(", "date_diff("}) + "day, " + part() + ", " + part() + ")";
        case 7:
            return "values (" + expressions(depth, 1) + ")";
        case 8:
            return "@" + path(depth);
        case 9:
            return any({"`5`", "`a`", "`[1]`", "`{a:1}`", "`2020T`", "`\"`\"`"});
        case 10:
            return any({"nullif(a, b)", "count(*)", "sum(distinct a)", "max(*)"});
        default:
            return any({"EXISTS(", "("}) + select(depth - 1) + ")";
    }
}

std::string Maker::expression(int depth) {
    if (depth <= 0) return leaf();
    const std::uint32_t kind = below(100);
    if (kind < 27) return leaf();
    if (kind < 33) return path(depth);
    if (kind < 68) return operation(depth);
    if (kind < 74) return "(" + expression(depth - 1) + ")";
    if (kind < 82) return call(depth);
    return kind < 88 ? value(depth) : rarity(depth);
}

std::string Maker::source(int depth) {
    const std::uint32_t kind = below(100);
    if (kind < 50) return name();
    if (kind < 75) return name() + "." + name();
    if (kind < 80) return name() + alias();
    if (kind < 84) return source(depth) + ", " + source(depth);
    if (kind < 88) {
        return source(depth) + any({" JOIN ", " LEFT JOIN ", " INNER JOIN ", " FULL OUTER JOIN "}) + source(depth) +
               " ON " + expression(depth);
    }
    if (kind < 90) return source(depth) + " CROSS JOIN " + source(depth);
    if (kind < 93) return "(" + source(depth) + ")";
    if (kind < 95) return "UNPIVOT " + source(0);
    if (kind < 97 && depth > 0) return "(" + select(depth - 1) + ")" + alias();
    return expression(depth);
}

std::string Maker::items(int depth) {
    if (chance(40)) return "*";
    if (chance(5)) return "VALUE " + expression(depth - 1);
    std::string out;
    for (std::uint32_t count = 1 + below(3); count > 0; --count) {
        out += chance(30) ? expression(depth - 1) : path(1) + any({"", "", "", "", " AS x", " y"});
        if (count > 1) out += ", ";
    }
    return out;
}

std::string Maker::select(int depth) {
    if (chance(2)) return "PIVOT " + expression(depth) + " AT " + expression(depth) + " FROM " + source(depth);
    std::string out = "SELECT " + any({"", "", "", "", "DISTINCT ", "ALL "}) + items(depth) + " FROM " + source(depth);
    out += maybe(4, " LET " + expression(depth) + " AS x");
    out += maybe(70, " WHERE " + expression(depth + 1));
    out += maybe(6, " GROUP " + any({"", "PARTIAL "}) + "BY " + expression(depth) + any({"", ", a AS g"}) +
                        any({"", " GROUP AS h"}));
    out += maybe(4, " HAVING " + expression(depth));
    out += maybe(15, " ORDER BY " + path(0) + any({"", " ASC", " DESC"}) + any({"", ", b"}) +
                         any({"", "", " NULLS FIRST", " NULLS LAST"}));
    out += maybe(6, " LIMIT " + leaf());
    out += maybe(4, " OFFSET " + leaf());
    return out;
}

std::string Maker::returning() {
    return maybe(30, " RETURNING " + any({"ALL OLD ", "ALL NEW ", "MODIFIED OLD ", "MODIFIED NEW "}) +
                         any({"*", "*", "*", "a", "a.b", "a.b.c", "f(a)", "1"}) + maybe(20, ", ALL OLD *"));
}

std::string Maker::clauses() {
    std::string out;
    for (std::uint32_t count = 1 + below(3); count > 0; --count) {
        const std::uint32_t kind = below(20);
        if (kind < 13) {
            out += " SET " + path(1) + " = " + expression(2) + maybe(40, ", " + path(1) + " = " + expression(1));
        } else if (kind < 19) {
            out += " REMOVE " + path(1);
        } else {
            out += " INSERT INTO " + name() + any({" VALUE ", " "}) + expression(1);
        }
    }
    return out;
}

std::string Maker::insertion() {
    std::string out = "INSERT INTO " + path(0) + any({" VALUE ", " VALUE ", " VALUES ", " "});
    out += chance(50) ? expression(2) : any({"{'pk': ?, 'v': [1, {'a': 'b'}]}", "{'pk':'a','sk':1}"});
    out += maybe(8, " AT 1") + maybe(10, " ON CONFLICT WHERE " + expression(1) + " DO NOTHING");
    return out + returning();
}

std::string Maker::statement() {
    const std::uint32_t kind = below(100);
    if (kind < 40) return select(2);
    if (kind < 55) return insertion();
    if (kind < 75) return "UPDATE " + path(0) + alias() + clauses() + where() + returning();
    if (kind < 83) return "FROM " + source(1) + where() + clauses() + returning();
    if (kind < 93) return "DELETE FROM " + path(0) + alias() + where() + returning();
    if (kind < 95) {
        return any({"CREATE TABLE t", "DROP TABLE t", "CREATE INDEX ON t (a, b.c)", "DROP INDEX i ON t", "EXEC f",
                    "EXEC f 1, a"});
    }
    if (kind < 97) return any({"EXISTS(", "("}) + select(1) + ")";
    return expression(3);
}

// A quoted text, a word, or one character.
std::vector<std::string> pieces(const std::string& text) {
    constexpr std::string_view word = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.";
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        if (std::string_view("'\"`").find(text[at]) != std::string_view::npos) {
            end = text.find(text[at], at + 1);
            end = end == std::string::npos ? text.size() : end + 1;
        } else if (word.find(text[at]) != std::string_view::npos) {
            end = std::min(text.find_first_not_of(word, at), text.size());
        }
        out.push_back(text.substr(at, end - at));
        at = end;
    }
    return out;
}

std::string Maker::damaged(const std::string& text) {
    std::vector<std::string> parts = pieces(text);
    for (std::uint32_t count = 1 + below(3) / 2 + below(4) / 3; count > 0 && !parts.empty(); --count) {
        const std::size_t at = below(parts.size());
        const auto place = parts.begin() + static_cast<std::ptrdiff_t>(at);
        const std::uint32_t kind = below(100);
        if (kind < 20) {
            parts.erase(place);
        } else if (kind < 35) {
            parts.insert(place, std::string(parts[at]));
        } else if (kind < 50) {
            std::swap(parts[at], parts[below(parts.size())]);
        } else if (kind < 62) {
            parts[at] = keyword();
        } else if (kind < 70) {
            parts.insert(place, " " + keyword() + " ");
        } else if (kind < 80) {
            parts.erase(place, parts.end());
        } else if (kind < 88) {
            parts.insert(place, any({"(",  ")",  "[",  "]",  "{",  "}", ",",  ":",  ";",  ".", "*",  "=",
                                     "<",  "?",  "@",  "<<", ">>", "+", "-",  "|",  "`",  "'", "~",  "\n",
                                     "\t", "--", "/*", "!",  "!=", "1", ".5", "1e", "\"", "#", "\\", "\xC3\xA9"}));
        } else {
            const std::vector<std::string> others = pieces(statement());
            parts[at] = " " + others[below(others.size())] + " ";
        }
    }
    std::string out;
    for (const std::string& part : parts) out += part;
    return out;
}

}  // namespace

std::vector<std::string> make_statements(std::uint32_t seed, std::size_t count) {
    constexpr std::size_t bytes_max = 600;
    constexpr std::uint32_t damaged_percent = 75;
    Maker maker(seed);
    std::vector<std::string> out;
    while (out.size() < count) {
        std::string statement = maker.statement();
        if (statement.size() > bytes_max) continue;
        out.push_back(maker.chance(damaged_percent) ? maker.damaged(statement) : std::move(statement));
    }
    return out;
}

}  // namespace minamo::grammar
