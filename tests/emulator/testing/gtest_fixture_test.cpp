// The fixture for GoogleTest, used as its users do.
#include "minamo/testing/gtest.hpp"

using namespace minamo::test;

namespace {

using OrdersTest = EmulatorTest;

TEST_F(OrdersTest, StartsEmpty) {
    EXPECT_EQ(emulator.call("ListTables", "{}").body, R"({"TableNames":[]})");
}

TEST_F(OrdersTest, KeepsRows) {
    auto orders = table("orders").partition_key("id").make();
    orders.put({{"id", S("a")}, {"n", N(1)}});
    EXPECT_EQ(orders.get({{"id", S("a")}}), (Row{{"id", S("a")}, {"n", N("1.0")}}));
    EXPECT_EQ(orders.count(), 1U);
}

TEST_F(OrdersTest, DoesNotSeeTheTableOfTheTestBefore) {
    EXPECT_EQ(emulator.call("DescribeTable", R"({"TableName":"orders"})").type, "ResourceNotFoundException");
}

}  // namespace
