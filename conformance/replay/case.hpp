// Conformance cases: data that says what to call and what must come back. One format for every door: embedded, or over
// HTTP against any endpoint.
//
//   file  = {"tables": {NAME: CreateTable request, ...}, "cases": [case, ...]}
//   case  = {"name": text,                     what is shown when it fails
//            "rule": "FILE: row",              the row of conformance/behaviour that it shows
//            "tables": [NAME, ...],            created first, and waited for
//            "items": {NAME: [item, ...]},     put next
//            "calls": [call, ...]}             made in order; each is checked
//   call  = {"op": OPERATION, "in": request, and of the answer any of
//            "error": TYPE, "message": text,   a 400 with this type and exactly this message
//            "messages": [text, ...],          one of these: where observations of the service differ
//            "out": body,                      exactly this body (sets compared as sets)
//            "has": body,                      at least these members, at any depth; arrays in full
//            "lacks": [MEMBER, ...],           members that must not be there; X.Y.0 for inner ones
//            "unordered": true,                arrays compared without order
//            "keep": {NAME: MEMBER, ...}}      kept for later calls; X.Y:4 is part 4, from 0, of a text between colons
//
// A call without a check must succeed. In a request and in what is expected of its answer
//   "$last.X.Y"      as a value stands for member X.Y of the answer before;
//   "$times.N.TEXT"  as a value stands for TEXT repeated N times;
//   "$kept.NAME"     as a value stands for what an earlier call of the case kept, of any type; within a text, for its
//                    text. A NAME is of small letters.
// In "out" and "has", where arrays are ordered, "$like.PATTERN" stands for any text or number that the regular
// expression matches as a whole. A case that names what is not there fails.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <rapidjson/document.h>

namespace minamo::conformance {

struct Reply {
    int status = 0;
    std::string body;
};

// Where cases are played. Each plays as a caller of its own, its `account`, which keeps cases apart.
struct Door {
    // Makes one call.
    std::function<Reply(const std::string& operation, const std::string& body, const std::string& account)> call;
    // After a case: drops all that `account` has. Where it is empty or answers false, the case deletes the tables that
    // it has made, which any endpoint understands.
    std::function<bool(const std::string& account)> give_back = {};
};

struct CaseResult {
    std::string name;
    std::string rule;
    std::string failure;  // empty: passed. Else which call, what was expected and what came
};

class CaseFile {
public:
    // Throws std::runtime_error with a sentence where the file cannot be read, or says what no case can
    // (case_check.hpp).
    explicit CaseFile(const std::string& path);

    std::size_t count() const;
    // Runs all cases, or those whose name contains `only`.
    std::vector<CaseResult> run(const Door& door, const std::string& only = {}) const;
    // The rules that the cases name.
    std::vector<std::string> rules() const;

private:
    std::string path_;
    rapidjson::Document document_;
};

}  // namespace minamo::conformance
