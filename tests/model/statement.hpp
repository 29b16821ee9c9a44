// The model's expressions as PartiQL: the same trees, rendered with quoted names, literals and parameters.
#pragma once

#include <string>
#include <vector>

#include "tests/model/expression.hpp"
#include "tests/model/generator.hpp"

namespace minamo::model {

class StatementText : public Text {
public:
    explicit StatementText(Random& random) : random_(random) {}

    std::string name(const std::string& attribute) override;
    std::string value(const Value& value) override;  // written out, or a parameter

    // `SET ... REMOVE ...`; only what is_statement() of.
    std::string clauses(const Update& update);
    // `"pk" = ? AND "sk" = ?`, in any order, either way round.
    std::string key(const Item& key);

    // `{"Statement":...,"Parameters":[...]`, open for more members.
    std::string request(const std::string& statement) const;

private:
    Random& random_;
    std::vector<Value> parameters_;
};

// Whether PartiQL can say it: it has no ADD of numbers, and SET_ADD and SET_DELETE take sets alone.
bool is_statement(const Update& update);

}  // namespace minamo::model
