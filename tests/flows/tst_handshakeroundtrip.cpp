// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "flows/handshakeroundtrip.h"
#include "support/optionscript.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

/// Which copies of the handshake's segments a round trip may be measured from.
class TestHandshakeRoundTrip : public QObject
{
    Q_OBJECT

private slots:
    void us_data();
    void us();
};

void TestHandshakeRoundTrip::us_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<qint64>("ms");
    QTest::addColumn<qint64>("wiresharkMs");

    const auto row = [](const char *name, const QString &script, qint64 ms, qint64 wiresharkMs) {
        QTest::newRow(name) << script << ms << wiresharkMs;
    };
    row("no handshake", u"c> A 10, s> A"_s, 3, 3);
    row("no SYN", u"s> SA, c> A after=20"_s, 3, 3);
    row("at the client", u"c> S, s> SA after=20, c> A"_s, 21, 21);
    row("at the server", u"c> S, s> SA, c> A after=20"_s, 21, 21);
    row("between both", u"c> S, s> SA after=10, c> A after=20, c> A 10 after=50"_s, 30, 30);
    row("the SYN was lost",
        u"c> S [ts=1/0], c> S after=1000 [ts=1001/0], s> SA after=20 [ts=7/1001], "
        "c> A [ts=1022/7]"_s,
        21, 21);
    row("the SYN was lost, without timestamps", u"c> S, c> S after=1000, s> SA after=20, c> A"_s, 3, 21);
    row("the SYN was late",
        u"c> S [ts=1/0], c> S after=1000 [ts=1001/0], s> SA after=20 [ts=7/1], "
        "c> A [ts=1022/7]"_s,
        3, 21);
    row("the SYN-ACK was lost",
        u"c> S [ts=1/0], s> SA [ts=1/1], s> SA after=1000 [ts=1001/1], "
        "c> A after=20 [ts=1022/1001]"_s,
        21, 1021);
    row("the SYN-ACK was lost, without timestamps", u"c> S, s> SA, s> SA after=1000, c> A after=20"_s, 3, 1021);
    row("the ACK was late",
        u"c> S [ts=1/0], s> SA [ts=1/1], s> SA after=1000 [ts=1001/1], "
        "c> A after=20 [ts=1022/1]"_s,
        3, 1021);
}

void TestHandshakeRoundTrip::us()
{
    QFETCH(const QString, script);
    HandshakeRoundTrip roundTrip;
    const auto segments = OptionScript::segments(script);
    const Flow flow = flowOf(segments);
    for (qsizetype row = 0; row < flow.count(); ++row)
        roundTrip.append(flow.at(row), SegmentOptions::of(segments[size_t(row)]));
    QTEST(roundTrip.us() / 1000, "ms");
    QTEST(roundTrip.wiresharkUs() / 1000, "wiresharkMs");
}

REGISTER_TEST(TestHandshakeRoundTrip)
#include "tst_handshakeroundtrip.moc"
