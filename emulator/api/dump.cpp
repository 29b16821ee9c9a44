// One walk over the operations; the structures that it meets on its way follow, each once.
#include "emulator/api/dump.hpp"

#include <map>
#include <string_view>
#include <vector>

#include "emulator/api/operations.hpp"

namespace minamo {
namespace {

using api::Field;
using api::Kind;
using api::Shape;

std::string_view name_of(Kind kind) {
    switch (kind) {
        case Kind::string:
            return "string";
        case Kind::integer:
            return "integer";
        case Kind::long_integer:
            return "long";
        case Kind::real:
            return "double";
        case Kind::boolean:
            return "boolean";
        case Kind::blob:
            return "blob";
        case Kind::timestamp:
            return "timestamp";
        case Kind::list:
            return "list";
        case Kind::map:
            return "map";
        case Kind::structure:
            return "structure";
    }
    return {};
}

std::string_view name_of(api::Plane plane) {
    switch (plane) {
        case api::Plane::data:
            return "data";
        case api::Plane::control:
            return "control";
        case api::Plane::account:
            return "account";
    }
    return {};
}

std::string_view name_of(api::Support support) {
    switch (support) {
        case api::Support::full:
            return "full";
        case api::Support::state_only:
            return "state_only";
        case api::Support::refused:
            return "refused";
    }
    return {};
}

class Dump {
public:
    explicit Dump(json::Writer& out) : out_(out) {}

    void write_api() {
        out_.begin_object();
        out_.key("operations");
        out_.begin_array();
        for (const api::Operation& operation : api::operations()) write(operation);
        out_.end_array();
        out_.key("structures");
        out_.begin_object();
        for (std::size_t next = 0; next < met_.size(); ++next) {  // grows while it is walked
            out_.key(met_[next]->name);
            write(met_[next]->fields);
        }
        out_.end_object();
        out_.end_object();
    }

private:
    void write(const api::Operation& operation) {
        out_.begin_object();
        out_.member("name", operation.name);
        out_.member("plane", name_of(operation.plane));
        out_.member("streams", operation.streams);
        out_.member("writes", operation.writes);
        out_.member("support", name_of(operation.support));
        out_.key("members");
        write(operation.input->fields);
        out_.end_object();
    }

    void write(std::span<const Field> fields) {
        out_.begin_array();
        for (const Field& field : fields) {
            out_.begin_object();
            out_.member("name", field.name);
            out_.member("required", field.required);
            out_.member("support", name_of(field.support));
            write_parts(*field.shape);
            out_.end_object();
        }
        out_.end_array();
    }

    void write(std::string_view name, const Shape* shape) {
        if (shape == nullptr) return;
        out_.key(name);
        out_.begin_object();
        write_parts(*shape);
        out_.end_object();
    }

    void write_parts(const Shape& shape) {
        out_.member("kind", name_of(shape.kind));
        if (shape.kind == Kind::structure) {
            out_.member("shape", shape.name);
            if (by_name_.emplace(shape.name, &shape).second) met_.push_back(&shape);
        }
        write("element", shape.element);
        write("key", shape.key);
        if (shape.min) out_.member("min", *shape.min);
        if (shape.max) out_.member("max", *shape.max);
        if (shape.pattern != nullptr) out_.member("pattern", shape.pattern->text);
        if (!shape.values.empty()) out_.member("values", shape.values);
    }

    json::Writer& out_;
    std::map<std::string_view, const Shape*> by_name_;
    std::vector<const Shape*> met_;
};

}  // namespace

void dump_api(json::Writer& out) {
    Dump(out).write_api();
}

}  // namespace minamo
