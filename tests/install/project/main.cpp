// What a user's own test looks like, without any test framework.
#include <minamo/emulator.hpp>
#include <minamo/testing/table.hpp>

#include <cstdio>

int main() {
    using namespace minamo;
    using namespace minamo::test;
    Emulator emulator;
    auto users = TableMaker(emulator, "users").partition_key("id").make();
    users.put({{"id", S("ada")}, {"n", N(1)}});
    const bool there = users.get({{"id", S("ada")}}) == Row{{"id", S("ada")}, {"n", N(1)}};
    auto server = emulator.serve();
    std::printf("minamo %s\n", std::string(version()).c_str());
    return there && server.port() != 0 ? 0 : 1;
}
