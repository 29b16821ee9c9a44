// Random requests. Small pools of keys and values, so that they meet: what matters is that draws hit each other, lie on
// either side of a bound, and differ in type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/model/expression.hpp"
#include "tests/model/model.hpp"

namespace minamo::model {

// The same numbers from the same seed, on every platform.
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::size_t below(std::size_t end) { return static_cast<std::size_t>(next() % end); }
    bool chance(std::size_t percent) { return below(100) < percent; }

    template <class T>
    const T& pick(const std::vector<T>& from) {
        return from[below(from.size())];
    }

private:
    std::uint64_t state_;
};

class Generator {
public:
    // `faulty`: also what the service refuses for the types of index keys.
    Generator(Random& random, const Shape& shape, bool faulty) : random_(random), shape_(shape), faulty_(faulty) {}

    Item item();
    Item key();
    Value key_value(const KeyPart& part);
    Condition condition(std::size_t depth = 2);
    Condition filter(const Index* index);  // on attributes that are no keys and that the index holds
    Update update();
    Paths projection(const Index* index);

private:
    Value scalar(Type type);
    Value value(std::size_t depth = 2);
    Value usual_value(const std::string& attribute);
    std::string attribute();
    Path path();
    Paths elements();  // a few of one list
    Operand constant(const Path& near);
    Operand operand(const Path& near);
    Condition leaf();
    Action set_action(const Path& target);
    Action action();
    Update list_update();

    Random& random_;
    const Shape& shape_;
    bool faulty_;
    std::vector<std::string> attributes_;  // to draw from instead of all
};

Shape random_shape(Random& random, const std::string& name);

}  // namespace minamo::model
