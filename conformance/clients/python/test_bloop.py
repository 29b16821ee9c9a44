"""The bloop ORM bound to the emulator: models, projections, two models on one table, atomic saves, 38-digit decimals."""

from decimal import Decimal

import pytest
from bloop import (
    BaseModel, Column, Condition, ConstraintViolation, DateTime, Engine, GlobalSecondaryIndex, Integer, List,
    LocalSecondaryIndex, Map, MissingObjects, Number, Set, String, UUID,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture
def engine(world):
    return Engine(dynamodb=world.client(), dynamodbstreams=world.client("dynamodbstreams"))


def models():
    class Account(BaseModel):
        class Meta:
            table_name = "accounts"

        id = Column(Integer, hash_key=True)
        name = Column(String)
        email = Column(String)
        balance = Column(Number)
        tags = Column(Set(String))
        by_email = GlobalSecondaryIndex(hash_key="email", projection="keys")
        by_name = GlobalSecondaryIndex(hash_key="name", range_key="id", projection=["email"])

    return Account


def test_save_load_query_scan_and_delete(engine):
    Account = models()
    engine.bind(Account)
    account = Account(id=1, name="Ada", email="ada@example.com", balance=Decimal("1.5"), tags={"x", "y"})
    engine.save(account)
    loaded = Account(id=1)
    engine.load(loaded)
    assert (loaded.name, loaded.balance, loaded.tags) == ("Ada", Decimal("1.5"), {"x", "y"})
    found = engine.query(Account.by_email, key=Account.email == "ada@example.com").one()
    assert found.id == 1
    by_name = engine.query(Account.by_name, key=Account.name == "Ada").one()
    assert by_name.email == "ada@example.com"
    assert [each.id for each in engine.scan(Account)] == [1]
    engine.delete(loaded)
    with pytest.raises(MissingObjects):
        engine.load(Account(id=1))


def test_condition_guards_a_save(engine):
    Account = models()
    engine.bind(Account)
    account = Account(id=7, name="Ada")
    engine.save(account, condition=Account.id.is_(None))
    with pytest.raises(ConstraintViolation):
        engine.save(Account(id=7, name="Eve"), condition=Account.id.is_(None))
    account.name = "Grace"
    engine.save(account, condition=Account.name == "Ada")
    with pytest.raises(ConstraintViolation):
        engine.delete(account, condition=Account.name == "Ada")


def test_many_objects_load_in_batches(engine):
    Account = models()
    engine.bind(Account)
    engine.save(*[Account(id=n, name="n") for n in range(120)])
    loading = [Account(id=n) for n in range(120)]
    engine.load(*loading)
    assert all(each.name == "n" for each in loading)


@pytest.mark.parametrize("text", ["1" * 38, "0." + "9" * 38, "-" + "7" * 38, "1E-130", "9E+37"])
def test_decimals_keep_38_digits(engine, text):
    Account = models()
    engine.bind(Account)
    engine.save(Account(id=1, balance=Decimal(text)))
    loaded = Account(id=1)
    engine.load(loaded)
    assert loaded.balance == Decimal(text)


def test_two_models_share_a_table(engine):
    class User(BaseModel):
        class Meta:
            table_name = "shared"

        pk = Column(String, hash_key=True)
        sk = Column(String, range_key=True)
        nick = Column(String)

    class Order(BaseModel):
        class Meta:
            table_name = "shared"

        pk = Column(String, hash_key=True)
        sk = Column(String, range_key=True)
        total = Column(Number)
        lines = Column(List(Map(sku=String, count=Integer)))

    engine.bind(User)
    engine.bind(Order)
    engine.save(User(pk="u#1", sk="profile", nick="ada"),
                Order(pk="u#1", sk="order#1", total=3, lines=[{"sku": "a", "count": 2}]),
                Order(pk="u#1", sk="order#2", total=4))
    orders = list(engine.query(Order, key=(Order.pk == "u#1") & Order.sk.begins_with("order#")))
    assert [order.total for order in orders] == [3, 4]
    assert orders[0].lines == [{"sku": "a", "count": 2}]
    filtered = list(engine.query(Order, key=Order.pk == "u#1", filter=Order.total > 3))
    assert [order.sk for order in filtered] == ["order#2"]


def test_local_index_keeps_its_order(engine):
    class Message(BaseModel):
        class Meta:
            table_name = "messages"

        room = Column(String, hash_key=True)
        id = Column(String, range_key=True)
        sent = Column(DateTime)
        score = Column(Integer)
        by_score = LocalSecondaryIndex(range_key="score", projection="all")

    engine.bind(Message)
    engine.save(*[Message(room="r", id=f"m{n}", score=score) for n, score in enumerate([5, -1, 30, 2])])
    assert [m.score for m in engine.query(Message.by_score, key=Message.room == "r")] == [-1, 2, 5, 30]
    backwards = engine.query(Message.by_score, key=Message.room == "r", forward=False)
    assert [m.score for m in backwards] == [30, 5, 2, -1]


def test_transaction_writes_both_or_none(engine):
    Account = models()
    engine.bind(Account)
    with engine.transaction() as tx:
        tx.save(Account(id=1, name="a"), condition=Account.id.is_(None))
        tx.save(Account(id=2, name="b"))
    assert {each.id for each in engine.scan(Account)} == {1, 2}
