// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/leftout.h"
#include "support/registertest.h"

#include <QLocale>
#include <QTest>

class TestLeftOut : public QObject
{
    Q_OBJECT

private slots:
    void sentence_data();
    void sentence();
    void dropped();
};

void TestLeftOut::sentence_data()
{
    QTest::addColumn<QList<Decoded>>("kinds");
    QTest::addColumn<QString>("sentence");

    using enum Decoded;
    QTest::newRow("nothing") << QList<Decoded>{} << "";
    QTest::newRow("segments, and what is not TCP") << QList{Segment, NotTcp, NotTcp} << "";
    QTest::newRow("a fragment") << QList{Segment, Fragment} << "1 packet is left out: 1 continues a fragmented packet.";
    QTest::newRow("fragments") << QList{Fragment, Fragment} << "2 packets are left out: 2 continue fragmented packets.";
    QTest::newRow("cut off") << QList{Cut} << "1 packet is left out: 1 was cut off before its TCP header.";
    QTest::newRow("several cut off") << QList{Cut, Cut, Cut}
                                     << "3 packets are left out: 3 were cut off before their TCP headers.";
    QTest::newRow("damaged") << QList{Malformed} << "1 packet is left out: 1 has a damaged header.";
    QTest::newRow("encapsulated") << QList{Encapsulated, Encapsulated}
                                  << "2 packets are left out: 2 are encapsulated in a way that TCP Steps cannot read.";
    QTest::newRow("encrypted") << QList{Encrypted} << "1 packet is left out: 1 is encrypted.";
    QTest::newRow("too many tunnels") << QList{DeepTunnel} << "1 packet is left out: 1 is in more than 8 tunnels.";
    QTest::newRow("a link type") << QList{UnknownLink}
                                 << "1 packet is left out: 1 has a link type that TCP Steps cannot read (USB_LINUX).";
    QTest::newRow("several reasons")
        << QList{UnknownLink, Malformed, NotTcp, Fragment, Malformed, DeepTunnel, UnknownLink, DeepTunnel}
        << "7 packets are left out: 1 continues a fragmented packet, 2 have damaged headers, 2 are in more than 8 "
           "tunnels, 2 have a link type that TCP Steps cannot read (USB_LINUX).";
}

void TestLeftOut::sentence()
{
    QFETCH(const QList<Decoded>, kinds);
    LeftOut leftOut;
    for (const Decoded kind : kinds)
        leftOut.add(kind, 189);
    QTEST(leftOut.sentence(), "sentence");
    QCOMPARE(leftOut.total() == 0, leftOut.sentence().isEmpty());
}

void TestLeftOut::dropped()
{
    LeftOut leftOut;
    leftOut.setDropped(1);
    QCOMPARE(leftOut.sentence(), "While capturing, 1 packet was dropped.");
    QCOMPARE(leftOut.total(), 0U);
    leftOut.setDropped(1234);
    leftOut.add(Decoded::Encrypted, 1);
    QCOMPARE(leftOut.sentence(), "1 packet is left out: 1 is encrypted. While capturing, " + QLocale().toString(1234) +
                                     " packets were dropped.");
}

REGISTER_TEST(TestLeftOut)
#include "tst_leftout.moc"
