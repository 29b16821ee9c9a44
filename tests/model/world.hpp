// One emulator with two tables beside their model. A step draws a request, asks both and compares. What a step draws
// depends on its seed alone, not on the steps before it, so that a failing run can be cut down step by step.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "minamo/emulator.hpp"
#include "tests/model/generator.hpp"
#include "tests/model/model.hpp"

namespace minamo::model {

struct Answer {
    std::string type;  // of the error; empty: none
    std::string body;
    rapidjson::Document json;

    const rapidjson::Value& member(const char* name) const;  // throws Mismatch where there is none
    std::optional<Item> item(const char* name) const;        // nothing where there is none
    std::vector<Item> items(const char* name) const;         // [] where there is none
    std::size_t number(const char* name) const;
};

class World {
public:
    explicit World(std::uint64_t seed);

    void step(std::uint64_t seed);  // throws Mismatch

    std::vector<std::string> requests;  // of all steps so far

private:
    struct Read;  // a Query or Scan with what the model expects of it

    Answer call(const std::string& operation, const std::string& body);
    Table& table(Random& random) { return tables_[random.below(tables_.size())]; }

    void put_item(Random& random);
    void update_item(Random& random);
    void delete_item(Random& random);
    void finish_write(const Answer& answer, Table& table, const Write& write, bool shows_old);
    void batch_write_item(Random& random);
    void transact_write_items(Random& random);
    void get_item(Random& random);
    void batch_get_item(Random& random);
    void transact_get_items(Random& random);
    void describe_table(Random& random);
    void query(Random& random);
    void scan(Random& random);
    void read_stream(Random& random);
    void statement(Random& random);
    void insert(Random& random);
    void update(Random& random);
    void erase(Random& random);
    void select(Random& random);
    void select_by_key(Random& random);
    std::string first_iterator(const Table& table);

    Read draw_read(Random& random);
    void draw_sort_condition(Random& random, Generator& generator, Read& read);
    void draw_start(Random& random, Generator& generator, Read& read);
    std::vector<Item> read_pages(const Read& read, std::size_t& left, const std::string& segment);

    minamo::Emulator emulator_;
    std::vector<Table> tables_;
};

// Throws Mismatch.
void expect(bool right, const std::string& what);
void expect_fault(const Answer& answer, Fault fault);
void expect_equal(const std::optional<Item>& actual, const std::optional<Item>& expected, const std::string& what);
void expect_same_items(std::vector<Item> actual, std::vector<Item> expected, const std::string& what);  // in any order

}  // namespace minamo::model
