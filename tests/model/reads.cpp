// Query and Scan, page by page to the end. Rows of a global index that tie come in any order: pages are counted as they
// come and compared as a whole, tie by tie.
#include <algorithm>

#include "tests/model/world.hpp"

namespace minamo::model {

struct World::Read {
    Table* table = nullptr;
    Range range;
    std::string body;  // the request without Limit, ExclusiveStartKey and Segment
    Text text;
    std::optional<Condition> filter;
    std::optional<Paths> paths;
    std::string select;
    std::size_t limit = 0;  // 0: none
    std::optional<Item> start;
    bool fits = true;

    std::string name() const { return json_string(table->shape.name); }

    // What the service answers for a row; nothing where the filter drops it.
    std::optional<Item> shown(const Item& item) const {
        const Item entry = table->entry(range.index, item);
        if (filter && !holds(*filter, entry)) return std::nullopt;
        if (paths) return project(*paths, item);
        return select == "ALL_ATTRIBUTES" ? item : entry;
    }

    // Drops the items up to the start key.
    void skip_to_start(std::vector<Item>& items) const {
        if (!start) return;
        std::erase_if(items, [this](const Item& item) {
            const int order = table->order(range.index, item, *start);
            return range.forward ? order <= 0 : order >= 0;
        });
    }

    void check_select() {
        const bool partial = range.index != nullptr && !range.index->local && range.index->projection != "ALL";
        if (partial && select == "ALL_ATTRIBUTES") fits = false;
        if (filter && !well_formed(*filter)) fits = false;
        if (!paths) return;
        fits = fits && well_formed(*paths);
        for (const Path& path : *paths) {
            const bool held = table->shape.projects(range.index, std::get<std::string>(path[0]));
            fits = fits && (held || range.index->local);
        }
    }
};

World::Read World::draw_read(Random& random) {
    Read read;
    read.table = &table(random);
    const Shape& shape = read.table->shape;
    Generator generator(random, shape, true);
    if (random.chance(60)) read.range.index = &shape.indexes[random.below(shape.indexes.size())];
    const Index* index = read.range.index;
    read.body = "{\"TableName\":" + read.name();
    if (index != nullptr) read.body += ",\"IndexName\":" + json_string(index->name);
    const bool filterable = index == nullptr || index->projection != "KEYS_ONLY";
    if (filterable && random.chance(40)) read.filter = generator.filter(index);
    const std::size_t select = random.below(100);
    if (select < 30) read.paths = generator.projection(index);
    if (select < 10) read.select = "SPECIFIC_ATTRIBUTES";
    if (select >= 30 && select < 40) read.select = "COUNT";
    if (select >= 40 && select < 55) read.select = "ALL_ATTRIBUTES";
    if (select >= 55 && select < 60 && index != nullptr) read.select = "ALL_PROJECTED_ATTRIBUTES";
    if (random.chance(60)) read.limit = 1 + random.below(5);
    if (read.filter) read.body += ",\"FilterExpression\":" + json_string(read.text.condition(*read.filter));
    if (read.paths) read.body += ",\"ProjectionExpression\":" + json_string(read.text.projection(*read.paths));
    if (!read.select.empty()) read.body += ",\"Select\":" + json_string(read.select);
    read.check_select();
    return read;
}

// `sort op :v`, now and then mirrored.
void World::draw_sort_condition(Random& random, Generator& generator, Read& read) {
    static const std::vector<std::string> operators = {"=", "<", "<=", ">", ">=", "BETWEEN", "begins_with"};
    static const std::map<std::string, std::string> mirrored = {
        {"=", "="}, {"<", ">"}, {"<=", ">="}, {">", "<"}, {">=", "<="}};
    const Keys& keys = read.range.index != nullptr ? read.range.index->keys : read.table->shape.keys;
    const std::string hash = read.text.name(keys.hash.name) + " = " + read.text.value(*read.range.hash);
    std::string condition = hash;
    if (keys.sort && random.chance(60)) {
        const std::string name = read.text.name(keys.sort->name);
        const std::string op = operators[random.below(keys.sort->type == Type::N ? 6 : 7)];
        Value low = generator.key_value(*keys.sort);
        Value high = generator.key_value(*keys.sort);
        if (op == "begins_with") low.text = low.text.substr(0, 1 + random.below(low.text.size()));
        if (op == "begins_with" && keys.sort->type == Type::S) low.text = random.chance(50) ? "a" : "ab";
        if (op == "begins_with" && high.text.size() > 400 && random.chance(70)) low = high;
        if (op == "BETWEEN" && high < low && random.chance(95)) std::swap(low, high);
        if (op == "BETWEEN" && high < low) read.fits = false;
        std::string sort = name + " " + op + " " + read.text.value(low);
        if (op == "BETWEEN") sort += " AND " + read.text.value(high);
        if (op == "begins_with") sort = "begins_with(" + name + ", " + sort.substr(sort.rfind(':')) + ")";
        if (mirrored.contains(op) && random.chance(15)) {
            sort = sort.substr(sort.rfind(':')) + " " + mirrored.at(op) + " " + name;
        }
        condition = random.chance(80) ? hash + " AND " + sort : sort + " AND " + hash;
        read.range.sort_accepts = [op, low, high](const Value& value) {
            const int order = compare(value, low);
            if (op == "begins_with") return value.text.rfind(low.text, 0) == 0;
            if (op == "BETWEEN") return order >= 0 && compare(value, high) <= 0;
            return (order == 0 && op.find('=') != std::string::npos) || (order < 0 && op[0] == '<') ||
                   (order > 0 && op[0] == '>');
        };
    }
    read.body += ",\"KeyConditionExpression\":" + json_string(condition);
}

// A start key that need not be there, in a table or a local index, whose order is known.
void World::draw_start(Random& random, Generator& generator, Read& read) {
    const Index* index = read.range.index;
    if (!read.table->shape.keys.sort || (index != nullptr && !index->local) || !random.chance(20)) return;
    Item start = generator.key();
    if (random.chance(90)) start[read.table->shape.keys.hash.name] = *read.range.hash;
    if (index != nullptr) start[index->keys.sort->name] = generator.key_value(*index->keys.sort);
    const Keys& keys = index != nullptr ? index->keys : read.table->shape.keys;
    if (!(start.at(keys.hash.name) == *read.range.hash)) read.fits = false;
    if (read.range.sort_accepts && !read.range.sort_accepts(start.at(keys.sort->name))) read.fits = false;
    read.start = start;
}

// All items of all pages; `left` goes down by the rows that were read. Every page but the last must be full, and only a
// full one names where it ended.
std::vector<Item> World::read_pages(const Read& read, std::size_t& left, const std::string& segment) {
    std::vector<Item> out;
    std::optional<Item> start = read.start;
    for (;;) {
        std::string body = read.body + segment + read.text.members();
        if (read.limit > 0) body += ",\"Limit\":" + std::to_string(read.limit);
        if (start) body += ",\"ExclusiveStartKey\":" + to_json(*start);
        const Answer answer = call(read.range.hash ? "Query" : "Scan", body + "}");
        expect_fault(answer, Fault::none);
        const std::size_t scanned = answer.number("ScannedCount");
        std::vector<Item> page = answer.items("Items");
        const bool counts = read.select == "COUNT";
        expect(counts != answer.json.HasMember("Items"), "Items unless they are counted");
        if (!read.filter) expect(answer.number("Count") == scanned, "Count is ScannedCount: " + answer.body);
        expect(scanned <= left, "more rows than there are: " + answer.body);
        expect(answer.number("Count") <= scanned, "more items than rows: " + answer.body);
        if (counts) page.resize(answer.number("Count"));
        expect(answer.number("Count") == page.size(), "Count in " + answer.body);
        out.insert(out.end(), page.begin(), page.end());
        left -= scanned;
        start = answer.item("LastEvaluatedKey");
        const bool one_item = read.range.hash && read.range.index == nullptr && !read.table->shape.keys.sort;
        expect(start.has_value() == (!one_item && read.limit > 0 && scanned == read.limit),
               "LastEvaluatedKey in " + answer.body);
        if (!start) return out;
        std::set<std::string> names;
        for (const auto& [name, value] : *start) names.insert(name);
        expect(names == read.table->shape.key_names(read.range.index), "the names of " + to_json(*start));
    }
}

void World::query(Random& random) {
    Read read = draw_read(random);
    Generator generator(random, read.table->shape, true);
    const Index* index = read.range.index;
    read.range.hash = generator.key_value(index != nullptr ? index->keys.hash : read.table->shape.keys.hash);
    read.range.forward = random.chance(50);
    if (!read.range.forward) read.body += ",\"ScanIndexForward\":false";
    draw_sort_condition(random, generator, read);
    draw_start(random, generator, read);
    if (!read.fits) {
        std::string body = read.body + read.text.members();
        if (read.start) body += ",\"ExclusiveStartKey\":" + to_json(*read.start);
        return expect_fault(call("Query", body + "}"), Fault::validation);
    }
    std::vector<Item> items = read.table->read(read.range);
    read.skip_to_start(items);
    std::size_t left = items.size();
    const std::vector<Item> actual = read_pages(read, left, "");
    expect(left == 0, "rows that were not read: " + std::to_string(left));
    const auto ties = [&](const Item& a, const Item& b) { return read.table->order(index, a, b) == 0; };
    std::size_t at = 0;
    for (auto first = items.begin(); first != items.end();) {
        const auto last = std::find_if_not(first, items.end(), [&](const Item& each) { return ties(*first, each); });
        std::vector<Item> expected;
        for (; first != last; ++first) {
            if (auto shown = read.shown(*first))
                expected.push_back(read.select == "COUNT" ? Item() : std::move(*shown));
        }
        const std::size_t end = std::min(at + expected.size(), actual.size());
        expect_same_items(
            {actual.begin() + static_cast<std::ptrdiff_t>(at), actual.begin() + static_cast<std::ptrdiff_t>(end)},
            expected, "Items from " + std::to_string(at));
        at = end;
    }
    expect(at == actual.size(), "more items than expected");
}

namespace {

// One partition lies in one segment, in one piece and in order.
class Partitions {
public:
    Partitions(const Table& table, const Index* index)
        : table_(table), index_(index), hash_(index != nullptr ? index->keys.hash.name : table.shape.keys.hash.name) {}

    void take(const std::vector<Item>& items) {
        const Item* previous = nullptr;
        for (const Item& item : items) {
            const bool more = previous != nullptr && previous->at(hash_) == item.at(hash_);
            if (more) expect(table_.order(index_, *previous, item) <= 0, "out of order: " + to_json(item));
            if (!more) expect(seen_.insert(item.at(hash_)).second, "a partition in two pieces: " + to_json(item));
            previous = &item;
        }
    }

private:
    const Table& table_;
    const Index* index_;
    std::string hash_;
    std::set<Value> seen_;
};

}  // namespace

void World::scan(Random& random) {
    Read read = draw_read(random);
    if (!read.fits) return expect_fault(call("Scan", read.body + read.text.members() + "}"), Fault::validation);
    const std::vector<Item> items = read.table->read(read.range);
    std::vector<Item> expected;
    for (const Item& item : items) {
        if (auto shown = read.shown(item)) expected.push_back(read.select == "COUNT" ? Item() : std::move(*shown));
    }
    const std::size_t segments = random.chance(40) ? 1 + random.below(4) : 0;
    const bool whole = !read.paths && read.select != "COUNT";
    Partitions partitions(*read.table, read.range.index);
    std::vector<Item> actual;
    std::size_t left = items.size();
    for (std::size_t i = 0; i < std::max<std::size_t>(segments, 1); ++i) {
        std::string segment;
        if (segments > 0) {
            segment = ",\"Segment\":" + std::to_string(i) + ",\"TotalSegments\":" + std::to_string(segments);
        }
        const std::vector<Item> part = read_pages(read, left, segment);
        if (whole) partitions.take(part);
        actual.insert(actual.end(), part.begin(), part.end());
    }
    expect(left == 0, "rows that were not read: " + std::to_string(left));
    expect_same_items(actual, expected, "Items");
}

}  // namespace minamo::model
