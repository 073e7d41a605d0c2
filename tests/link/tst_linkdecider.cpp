// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "link/linkdecider.h"
#include "link/linkdice.h"
#include "link/linkrules.h"
#include "support/packets.h"
#include "support/registertest.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/// What the rules do to packets.
class TestLinkDecider : public QObject
{
    Q_OBJECT
private slots:
    void diceOfSplitMix();
    void perfect();
    void delays();
    void jitterKeepsTheOrder();
    void oneSegment();
    void chances_data();
    void chances();
    void theSameSeedGivesTheSameFates();
    void rulesDrawOnTheirOwn();
    void bottleneck();
    void rulesApplyInOrder();
    void reorder();
    void losesTheNext();
    void holds();
    void holdsFrom();
    void corruptionIsFound_data();
    void corruptionIsFound();
    void cutPacketsStayAsTheyAre();
};

REGISTER_TEST(TestLinkDecider)

namespace {

LinkDecider deciderOf(const QString &rules)
{
    const auto read = LinkRules::read(rules);
    if (!read.error.isEmpty())
        qFatal("%s", qPrintable(read.error));
    LinkDecider decider;
    decider.setRules(read.rules);
    return decider;
}

LinkPacket named(Side from, SegmentKind kind, quint32 number = 1, quint32 copy = 1)
{
    LinkPacket packet{.from = from, .bytes = 1500};
    packet.counted = {1, {{kind, number, copy}}};
    return packet;
}

LinkPacket data(quint32 number, Side from = Side::Server, quint32 copy = 1)
{
    return named(from, SegmentKind::Data, number, copy);
}

/// Which of data 1 to count are lost: "3 7".
QString lossesOf(LinkDecider &decider, quint32 count, Side from = Side::Server)
{
    QStringList lost;
    for (quint32 number = 1; number <= count; ++number) {
        if (decider.decide(data(number, from), {}).loss == LinkLoss::Chance)
            lost.append(QString::number(number));
    }
    return lost.join(u' ');
}

/// RFC 1071: 0xffff over bytes that contain their right checksum.
quint32 onesComplementSum(const QByteArray &bytes)
{
    quint32 sum = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i)
        sum += quint32(uchar(bytes.at(i))) << (i % 2 == 0 ? 8 : 0);
    while (sum > 0xffff)
        sum = (sum & 0xffff) + (sum >> 16);
    return sum;
}

/// RFC 9293, section 3.1: over the addresses, protocol, length and the segment.
quint32 tcpSum(const QByteArray &packet)
{
    const bool is4 = (uchar(packet.at(0)) >> 4) == 4;
    const QByteArray segment = packet.sliced(is4 ? 20 : 40);
    return onesComplementSum((is4 ? packet.sliced(12, 8) : packet.sliced(8, 32)) + Packets::be16(6) +
                             Packets::be16(quint16(segment.size())) + segment);
}

} // namespace

void TestLinkDecider::diceOfSplitMix()
{
    // The first numbers that java.util.SplittableRandom(1234567) gives.
    constexpr quint64 step = 0x9e3779b97f4a7c15U;
    QCOMPARE(LinkDice::mixed(1234567), 6457827717110365317U);
    QCOMPARE(LinkDice::mixed(1234567 + step), 3203168211198807973U);
    QCOMPARE(LinkDice::mixed(1234567 + 2 * step), 9817491932198370423U);
    QCOMPARE(LinkDice::below(0, 10), 0U);
    QCOMPARE(LinkDice::below(~quint64(0), 10), 9U);
}

void TestLinkDecider::perfect()
{
    LinkDecider decider;
    const LinkFate fate = decider.decide(data(1), 5ms);
    QCOMPARE(fate.loss, LinkLoss::None);
    QCOMPARE(fate.due, LinkTime(5ms));
    QVERIFY(!fate.isHeld && fate.copies == 0 && !fate.corruptedBit);
}

void TestLinkDecider::delays()
{
    LinkDecider decider = deciderOf("delay 50ms; delay client 1500us");
    QCOMPARE(decider.decide(data(1, Side::Server), 1s).due, LinkTime(1050ms));
    QCOMPARE(decider.decide(data(1, Side::Client), 1s).due, LinkTime(1051500us));
}

void TestLinkDecider::jitterKeepsTheOrder()
{
    LinkDecider decider = deciderOf("delay 50ms ±10ms; seed 3");
    LinkTime last{};
    LinkTime least = 1h;
    LinkTime most{};
    for (quint32 number = 1; number <= 1000; ++number) {
        const LinkTime now = number * 30ms; // so that only jitter decides
        const LinkTime took = decider.decide(data(number), now).due - now;
        least = std::min(least, took);
        most = std::max(most, took);
    }
    QVERIFY(least >= 40ms && least < 41ms);
    QVERIFY(most <= 60ms && most > 59ms);
    for (quint32 number = 1; number <= 1000; ++number) {
        const LinkTime due = decider.decide(data(number), 100s + number * 1ms).due;
        QVERIFY(due >= last);
        last = due;
    }
}

void TestLinkDecider::oneSegment()
{
    LinkDecider decider = deciderOf("drop client data 2; drop client data 3x2; duplicate client syn 1; "
                                    "delay server ack 3 200ms; drop server fin 1");
    const auto loss = [&](const LinkPacket &packet) { return decider.decide(packet, {}).loss; };
    QCOMPARE(loss(data(1, Side::Client)), LinkLoss::None);
    QCOMPARE(loss(data(2, Side::Client)), LinkLoss::Rule);
    QCOMPARE(loss(data(2, Side::Client, 2)), LinkLoss::None);
    QCOMPARE(loss(data(2, Side::Server)), LinkLoss::None);
    QCOMPARE(loss(data(3, Side::Client)), LinkLoss::None);
    QCOMPARE(loss(data(3, Side::Client, 2)), LinkLoss::Rule);
    LinkPacket last = data(5);
    last.counted.names.append({SegmentKind::Fin, 1, 1});
    QCOMPARE(loss(last), LinkLoss::Rule); // data 5 and FIN
    QCOMPARE(decider.decide(named(Side::Client, SegmentKind::Syn), {}).copies, 1);
    QCOMPARE(decider.decide(named(Side::Client, SegmentKind::Syn, 1, 2), {}).copies, 0);
    QCOMPARE(decider.decide(named(Side::Server, SegmentKind::Ack, 3), 1s).due, LinkTime(1200ms));
    QCOMPARE(decider.decide(named(Side::Server, SegmentKind::Ack, 4), 1s).due, LinkTime(1s)); // overtakes it
}

void TestLinkDecider::chances_data()
{
    QTest::addColumn<QString>("rule");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    // Of 100,000: the mean and five standard deviations.
    QTest::newRow("never") << "0%" << 0 << 0;
    QTest::newRow("seldom") << "2%" << 1779 << 2221;
    QTest::newRow("half") << "50%" << 49209 << 50791;
    QTest::newRow("always") << "100%" << 100'000 << 100'000;
}

void TestLinkDecider::chances()
{
    QFETCH(const QString, rule);
    QFETCH(const int, least);
    QFETCH(const int, most);
    LinkDecider decider = deciderOf("loss " + rule);
    int lost = 0;
    for (quint32 number = 1; number <= 100'000; ++number)
        lost += decider.decide(data(number), {}).loss == LinkLoss::Chance ? 1 : 0;
    QVERIFY2(lost >= least && lost <= most, qPrintable(QString::number(lost)));
}

void TestLinkDecider::theSameSeedGivesTheSameFates()
{
    // As Python computes it, with SplitMix64's steps written anew.
    const QString lost = "2 4 18 22 30";
    LinkDecider alone = deciderOf("loss 10%; seed 7");
    QCOMPARE(lossesOf(alone, 40), lost);
    LinkDecider mixed = deciderOf("delay 5ms ±2ms; loss 10%; duplicate 5%; seed 7");
    for (quint32 number = 1; number <= 100; ++number) { // what the other end does changes nothing
        mixed.decide(data(number, Side::Client), {});
        mixed.decide(named(Side::Server, SegmentKind::Ack, number), {});
        LinkPacket nameless{.from = Side::Server};
        mixed.decide(nameless, {});
    }
    QCOMPARE(lossesOf(mixed, 40), lost);
    LinkDecider other = deciderOf("loss 10%; seed 8");
    QVERIFY(lossesOf(other, 40) != lost);
    LinkDecider byDefault = deciderOf("loss 10%");
    LinkDecider one = deciderOf("loss 10%; seed 1");
    QCOMPARE(lossesOf(byDefault, 200), lossesOf(one, 200));
    QVERIFY(lossesOf(one, 200) != lossesOf(one, 200, Side::Client));
    LinkDecider half = deciderOf("loss 50%");
    int lostNameless = 0;
    for (int i = 0; i < 100; ++i)
        lostNameless += half.decide({}, {}).loss == LinkLoss::Chance ? 1 : 0;
    QVERIFY(lostNameless > 25 && lostNameless < 75);
}

void TestLinkDecider::rulesDrawOnTheirOwn()
{
    LinkDecider decider = deciderOf("loss 50%; loss 50%; duplicate 50%");
    int lost = 0;
    int copied = 0;
    for (quint32 number = 1; number <= 10'000; ++number) {
        const LinkFate fate = decider.decide(data(number), {});
        lost += fate.loss == LinkLoss::Chance ? 1 : 0;
        copied += fate.copies;
    }
    QVERIFY2(lost > 7280 && lost < 7720, qPrintable(QString::number(lost)));
    QVERIFY2(copied > 1080 && copied < 1420, qPrintable(QString::number(copied)));
}

void TestLinkDecider::bottleneck()
{
    // 1500 bytes in 12 ms.
    LinkDecider decider = deciderOf("rate 1mbit queue 2");
    QCOMPARE(decider.decide(data(1), 0ms).due, LinkTime(12ms));
    QCOMPARE(decider.decide(data(2), 0ms).due, LinkTime(24ms));
    QCOMPARE(decider.decide(data(3), 1ms).due, LinkTime(36ms));
    QCOMPARE(decider.decide(data(4), 11ms).loss, LinkLoss::Queue);
    QCOMPARE(decider.decide(data(5, Side::Client), 11ms).due, LinkTime(23ms)); // the other direction is free
    QCOMPARE(decider.decide(data(6), 12ms).due, LinkTime(48ms));
    QCOMPARE(decider.decide(data(7), 100ms).due, LinkTime(112ms));
    LinkDecider slow = deciderOf("rate server 1kbit; rate client 100gbit; delay 10ms");
    QCOMPARE(slow.decide(data(1), 0ms).due, LinkTime(12s + 10ms));
    QCOMPARE(slow.decide(data(1, Side::Client), 0ms).due, LinkTime(120ns + 10ms));
}

void TestLinkDecider::rulesApplyInOrder()
{
    LinkDecider lostBefore = deciderOf("drop server data 1; rate 1mbit");
    lostBefore.decide(data(1), {});
    QCOMPARE(lostBefore.decide(data(2), {}).due, LinkTime(12ms));
    LinkDecider lostBehind = deciderOf("rate 1mbit; drop server data 1");
    lostBehind.decide(data(1), {});
    QCOMPARE(lostBehind.decide(data(2), {}).due, LinkTime(24ms));
}

void TestLinkDecider::reorder()
{
    LinkDecider decider = deciderOf("delay 5ms; reorder 20% 3ms");
    int late = 0;
    for (quint32 number = 1; number <= 1000; ++number) {
        const LinkTime due = decider.decide(data(number), number * 1ms).due;
        QVERIFY(due == number * 1ms + 5ms || due == number * 1ms + 8ms);
        late += due == number * 1ms + 8ms ? 1 : 0;
    }
    QVERIFY(late > 137 && late < 263);
}

/// Of its kind and end, a copy or not; once each time that it is asked for.
void TestLinkDecider::losesTheNext()
{
    LinkDecider decider = deciderOf(u"delay 50ms"_s);
    decider.loseNext(Side::Server, SegmentKind::Data);
    decider.loseNext(Side::Client, SegmentKind::Fin);
    QCOMPARE(decider.losingNext(), (QStringList{u"server data"_s, u"client fin"_s}));
    QCOMPARE(decider.decide(data(1, Side::Client), {}).loss, LinkLoss::None);
    QCOMPARE(decider.decide(named(Side::Server, SegmentKind::Fin), {}).loss, LinkLoss::None);
    QCOMPARE(decider.decide(data(1, Side::Server, 2), {}).loss, LinkLoss::Hand);
    QCOMPARE(decider.losingNext(), QStringList{u"client fin"_s});
    const LinkFate next = decider.decide(data(2), {});
    QCOMPARE(next.loss, LinkLoss::None);
    QCOMPARE(next.due, 50ms);
}

void TestLinkDecider::holds()
{
    LinkDecider both = deciderOf("hold; delay 5ms");
    const LinkFate fate = both.decide(data(1), 1ms);
    QVERIFY(fate.isHeld);
    QCOMPARE(fate.due, LinkTime(6ms)); // the time that it is held counts
    QVERIFY(both.holds(Side::Client) && both.holds(Side::Server));
    LinkDecider one = deciderOf("hold client; drop client data 2");
    QVERIFY(one.decide(data(1, Side::Client), {}).isHeld);
    QVERIFY(!one.decide(data(1, Side::Server), {}).isHeld);
    QVERIFY(!one.decide(data(2, Side::Client), {}).isHeld); // lost
    one.stopHolding();
    QVERIFY(!one.decide(data(3, Side::Client), {}).isHeld);
}

void TestLinkDecider::holdsFrom()
{
    LinkDecider decider = deciderOf("hold from server fin");
    QVERIFY(!decider.decide(named(Side::Client, SegmentKind::Fin), {}).isHeld);
    QVERIFY(!decider.decide(data(1), {}).isHeld);
    QVERIFY(!decider.holds(Side::Server));
    LinkPacket last = data(2);
    last.counted.names.append({SegmentKind::Fin, 1, 1});
    QVERIFY(decider.decide(last, {}).isHeld);
    QVERIFY(decider.decide(data(1, Side::Client), {}).isHeld);
    decider.stopHolding();
    QVERIFY(!decider.decide(named(Side::Server, SegmentKind::Fin, 1, 2), {}).isHeld);
    decider.setRules(decider.rules());
    QVERIFY(decider.decide(named(Side::Server, SegmentKind::Fin, 1, 3), {}).isHeld);
}

void TestLinkDecider::corruptionIsFound_data()
{
    QTest::addColumn<bool>("is4");
    QTest::addColumn<QByteArray>("payload");
    QTest::newRow("IPv4") << true << QByteArray("Hi, client!\0");
    QTest::newRow("IPv6") << false << QByteArray("Hi, client!\0");
    QTest::newRow("IPv4 without payload") << true << QByteArray();
    QTest::newRow("IPv6 without payload") << false << QByteArray();
    QTest::newRow("one byte") << true << QByteArray("x");
}

void TestLinkDecider::corruptionIsFound()
{
    QFETCH(const bool, is4);
    QFETCH(const QByteArray, payload);
    QByteArray segment = Packets::Tcp{.options = QByteArray::fromHex("020405b4"), .payload = payload}.bytes();
    segment.replace(16, 2, QByteArray(2, '\0'));
    QByteArray packet = is4 ? Packets::ip4(segment) : Packets::ip6(segment);
    const qsizetype checksumAt = packet.size() - segment.size() + 16;
    packet.replace(checksumAt, 2, Packets::be16(quint16(~tcpSum(packet))));
    QCOMPARE(tcpSum(packet), 0xffffU);

    SegmentCounter counter;
    LinkDecider decider = deciderOf("corrupt 100%");
    QSet<quint32> bits;
    for (int i = 0; i < 1000; ++i) {
        auto read = LinkPacket::read(Side::Client, packet, counter);
        QVERIFY(read);
        QCOMPARE(read->bytes, quint32(packet.size()));
        const auto bit = decider.decide(*read, {}).corruptedBit;
        QVERIFY(bit && *bit < packet.size() * 8);
        bits.insert(*bit);
        QByteArray corrupted = packet;
        corrupted.data()[*bit / 8] ^= char(0x80 >> (*bit % 8));
        QVERIFY(tcpSum(corrupted) != 0xffff);
        const qsizetype headers = packet.size() - payload.size();
        QCOMPARE(qsizetype(*bit / 8) >= headers, !payload.isEmpty());
    }
    QVERIFY(bits.size() > (payload.isEmpty() ? 12 : qMin<qsizetype>(payload.size() * 6, 50)));
}

/// Any program in the lab can send such a packet through a device.
void TestLinkDecider::cutPacketsStayAsTheyAre()
{
    SegmentCounter counter;
    LinkDecider decider = deciderOf("corrupt 100%");
    const QByteArray segment = Packets::Tcp{.payload = "Hi"}.bytes();
    for (const QByteArray &packet : {Packets::ip4(segment, 6, {}, 60'000), Packets::ip6(segment, 6, 60'000)}) {
        const auto read = LinkPacket::read(Side::Client, packet, counter);
        QVERIFY(read && read->segment.length > 1000);
        QVERIFY(!decider.decide(*read, {}).corruptedBit);
    }
    QVERIFY(!LinkPacket::read(Side::Client, Packets::ip4(Packets::udp("Hi", 53), 17), counter));
    QVERIFY(!LinkPacket::read(Side::Client, "x", counter));
}

#include "tst_linkdecider.moc"
