// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkrules.h"
#include "support/registertest.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// The rules of the emulated link as text.
class TestLinkRules : public QObject
{
    Q_OBJECT
private slots:
    void reads_data();
    void reads();
    void manyRules();
    void mistakes_data();
    void mistakes();
    void tooMany();
};

REGISTER_TEST(TestLinkRules)

void TestLinkRules::reads_data()
{
    QTest::addColumn<LinkRule>("rule");
    QTest::addColumn<QString>("canonical"); ///< empty: as it was typed

    const auto row = [](const char *typed, const LinkRule &rule, const QString &canonical = {}) {
        QTest::newRow(typed) << rule << canonical;
    };
    const auto name = [](SegmentKind kind, quint32 number = 1, quint32 copy = 1) {
        return SegmentName{kind, number, copy};
    };
    constexpr auto client = Side::Client;
    constexpr auto server = Side::Server;

    row("delay 50ms", {.delay = 50ms});
    row("delay 50ms ±10ms", {.delay = 50ms, .jitter = 10ms});
    row("delay 50ms±10ms", {.delay = 50ms, .jitter = 10ms}, "delay 50ms ±10ms");
    row("delay 50ms +- 10ms", {.delay = 50ms, .jitter = 10ms}, "delay 50ms ±10ms");
    row("delay 50 ms ±10 ms", {.delay = 50ms, .jitter = 10ms}, "delay 50ms ±10ms");
    row("delay client 1.5ms", {.end = client, .delay = 1500us}, "delay client 1500us");
    row("delay server 60s", {.end = server, .delay = 60s});
    row("  Delay\t0.25S ", {.delay = 250ms}, "delay 250ms");
    row("delay 0ms", {});
    row("delay server ack 3 200ms", {.end = server, .segment = name(SegmentKind::Ack, 3), .delay = 200ms});
    row("delay client data 2 1 s", {.end = client, .segment = name(SegmentKind::Data, 2), .delay = 1s},
        "delay client data 2 1s");
    row("loss 2%", {.verb = LinkVerb::Loss, .chance = 20'000});
    row("loss client 0.0001%", {.verb = LinkVerb::Loss, .end = client, .chance = 1});
    row("loss 12.50%", {.verb = LinkVerb::Loss, .chance = 125'000}, "loss 12.5%");
    row("loss 2 %", {.verb = LinkVerb::Loss, .chance = 20'000}, "loss 2%");
    row("loss 0%", {.verb = LinkVerb::Loss});
    row("duplicate 100%", {.verb = LinkVerb::Duplicate, .chance = 1'000'000});
    row("duplicate client syn 1", {.verb = LinkVerb::Duplicate, .end = client, .segment = name(SegmentKind::Syn)});
    row("duplicate server 1%", {.verb = LinkVerb::Duplicate, .end = server, .chance = 10'000});
    row("reorder 5%", {.verb = LinkVerb::Reorder, .delay = 10ms, .chance = 50'000}, "reorder 5% 10ms");
    row("reorder client 5% 30ms", {.verb = LinkVerb::Reorder, .end = client, .delay = 30ms, .chance = 50'000});
    row("corrupt 0.1%", {.verb = LinkVerb::Corrupt, .chance = 1'000});
    row("seed 0", {.verb = LinkVerb::Seed});
    row("seed 18446744073709551615", {.verb = LinkVerb::Seed, .seed = ~quint64(0)});
    row("rate 1mbit queue 20", {.verb = LinkVerb::Rate, .bitsPerSecond = 1'000'000, .queue = 20});
    row("rate server 1.5mbit", {.verb = LinkVerb::Rate, .end = server, .bitsPerSecond = 1'500'000},
        "rate server 1500kbit queue 100");
    row("rate 1 mbit queue 20", {.verb = LinkVerb::Rate, .bitsPerSecond = 1'000'000, .queue = 20},
        "rate 1mbit queue 20");
    row("rate 9600bit queue 1", {.verb = LinkVerb::Rate, .bitsPerSecond = 9600, .queue = 1});
    row("rate 100gbit queue 100000", {.verb = LinkVerb::Rate, .bitsPerSecond = 100'000'000'000, .queue = 100'000});
    row("mtu 576", {.verb = LinkVerb::Mtu, .mtu = 576});
    row("drop client data 2", {.verb = LinkVerb::Drop, .end = client, .segment = name(SegmentKind::Data, 2)});
    row("drop client data 2x3", {.verb = LinkVerb::Drop, .end = client, .segment = name(SegmentKind::Data, 2, 3)});
    row("drop server fin 1x2", {.verb = LinkVerb::Drop, .end = server, .segment = name(SegmentKind::Fin, 1, 2)});
    row("drop server syn-ack 1", {.verb = LinkVerb::Drop, .end = server, .segment = name(SegmentKind::SynAck)});
    row("drop client rst 1", {.verb = LinkVerb::Drop, .end = client, .segment = name(SegmentKind::Rst)});
    row("hold", {.verb = LinkVerb::Hold});
    row("hold client", {.verb = LinkVerb::Hold, .end = client});
    row("hold from server fin", {.verb = LinkVerb::Hold, .end = server, .segment = name(SegmentKind::Fin)});
}

void TestLinkRules::reads()
{
    QFETCH(const LinkRule, rule);
    QFETCH(const QString, canonical);
    const QString typed = QString::fromUtf8(QTest::currentDataTag());
    const auto read = LinkRules::read(typed);
    QCOMPARE(read.error, QString());
    QCOMPARE(read.rules, QList{rule});
    const QString written = LinkRules::text(read.rules);
    QCOMPARE(written, canonical.isEmpty() ? typed : canonical);
    QCOMPARE(LinkRules::read(written).rules, QList{rule});
}

void TestLinkRules::manyRules()
{
    const auto read = LinkRules::read(u";loss 2%; seed 7\r\n\n  drop client data 2;"_s);
    QCOMPARE(read.error, QString());
    QCOMPARE(LinkRules::text(read.rules), "loss 2%; seed 7; drop client data 2");
    QVERIFY(LinkRules::read({}).rules.isEmpty());
    QVERIFY(LinkRules::read(u" ;\n"_s).error.isEmpty());
}

void TestLinkRules::mistakes_data()
{
    QTest::addColumn<QString>("right"); ///< the end of the sentence contains it
    for (const char *typed : {"lose 2%", "client loss 2%", "50ms", "losses"})
        QTest::newRow(typed) << ": a rule begins with delay, loss, duplicate, reorder, corrupt, seed, rate, mtu, drop";
    for (const char *typed :
         {"delay", "delay 50", "delay 50 m s", "delay -50ms", "delay 61s", "delay 5ms ±10ms", "delay 50ms 10ms",
          "delay 50ms ±", "delay .5ms", "delay 0.0001ms", "delay 1.01us", "delay 1e3ms", "delay 1.ms", "delay 1.5.5ms",
          "delay server ack 3", "delay ack 3 200ms", "delay client 50ms server", "delay ٥ms"})
        QTest::newRow(typed) << ": “delay” takes a time up to 60s";
    for (const char *typed : {"loss", "loss 2", "loss 101%", "loss -1%", "loss 0.00001%", "loss 0.000001%",
                              "loss both 2%", "loss 2% 3%", "loss 99999999999999999999%", "loss client data 2"})
        QTest::newRow(typed) << ": “loss” takes a percentage from 0% to 100%";
    for (const char *typed : {"duplicate", "duplicate syn 1", "duplicate client syn", "duplicate client syn 2"})
        QTest::newRow(typed) << ": “duplicate” takes a percentage";
    for (const char *typed : {"reorder 5% 0ms", "reorder 10ms"})
        QTest::newRow(typed) << ": “reorder” takes a percentage";
    QTest::newRow("corrupt all") << ": “corrupt” takes a percentage";
    for (const char *typed : {"seed", "seed -1", "seed 1.5", "seed 18446744073709551616", "seed +1"})
        QTest::newRow(typed) << ": “seed” takes a whole number";
    for (const char *typed : {"rate 1", "rate 1mb", "rate 999bit", "rate 101gbit", "rate 1mbit 20", "rate 1mbit queue",
                              "rate 1mbit queue 0", "rate 1mbit queue 100001"})
        QTest::newRow(typed) << ": “rate” takes a rate from 1kbit to 100gbit";
    for (const char *typed : {"mtu 67", "mtu 65536", "mtu client 576"})
        QTest::newRow(typed) << ": “mtu” takes a number of bytes from 68 to 65535";
    for (const char *typed : {"drop", "drop data 2", "drop client", "drop client data", "drop client data 0",
                              "drop client data 2x0", "drop client data 2x", "drop client data x2", "drop client fin 2",
                              "drop client ack 2x2", "drop client data 1000000001", "drop client psh 1"})
        QTest::newRow(typed) << ": “drop” takes an end and one of its segments";
    for (const char *typed : {"hold from", "hold from fin", "hold from server", "hold from server fin 1", "hold on"})
        QTest::newRow(typed) << ": “hold” takes nothing, an end, or from when on";
}

void TestLinkRules::mistakes()
{
    QFETCH(const QString, right);
    const QString typed = QString::fromUtf8(QTest::currentDataTag());
    const auto read = LinkRules::read("seed 1; " + typed + "; loss x");
    QVERIFY2(read.error.startsWith(u"“%1”%2"_s.arg(typed, right)), qPrintable(read.error));
    QVERIFY(read.error.endsWith(u'.'));
    QVERIFY(read.rules.isEmpty());
}

void TestLinkRules::tooMany()
{
    QCOMPARE(LinkRules::read(u"hold;"_s.repeated(100)).rules.size(), 100);
    QCOMPARE(LinkRules::read(u"hold;"_s.repeated(101)).error, "There are 101 rules, and at most 100 are possible.");
    QCOMPARE(LinkRules::read(u"x"_s.repeated(100)).error.left(62), u'“' + u"x"_s.repeated(60) + u'…');
}

#include "tst_linkrules.moc"
