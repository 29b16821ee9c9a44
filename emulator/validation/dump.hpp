// Values as constraint errors show them: as the service's Java classes print themselves.
//
//   string, number, boolean   as it is
//   list                      [a, b]
//   map                       {k=v, k2=v2}
//   structure                 Name(member=value, other=null)
//   AttributeValue            com.amazonaws.dynamodb.v20120810.AttributeValue@<8 hexadecimal digits>, a hash
#pragma once

#include <string>

#include "emulator/api/operations.hpp"
#include "emulator/wire/json.hpp"

namespace minamo {

// The value's types are right.
void append_dump(std::string& out, const api::Shape& shape, const json::Value& value);

// A member's name in error texts: tableName for TableName, sSEType for SSEType.
void append_camel_case(std::string& out, std::string_view name);

}  // namespace minamo
