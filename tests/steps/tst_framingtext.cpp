// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "steps/framing.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::StringLiterals;

class TestFramingText : public QObject
{
    Q_OBJECT

private slots:
    void canonical_data();
    void canonical();
    void mistakes_data();
    void mistakes();
    void overhead();
};

void TestFramingText::canonical_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("canonical");
    QTest::addColumn<Framing>("framing");

    QTest::newRow("NUL") << u"nul"_s << QByteArray("nul") << Framing::Nul;
    QTest::newRow("newline") << u"newline"_s << QByteArray("newline") << Framing::Newline;
    QTest::newRow("CR LF") << u"crlf"_s << QByteArray("crlf") << Framing::CrLf;
    QTest::newRow("one read") << u"none"_s << QByteArray("none") << Framing::None;
    QTest::newRow("a marker") << u"end:03"_s << QByteArray("end:03") << Framing::endedBy("\x03");
    QTest::newRow("a long marker") << u"end:0d0A2E0d0a"_s << QByteArray("end:0d0a2e0d0a")
                                   << Framing::endedBy("\r\n.\r\n");
    QTest::newRow("16 bytes") << u"end:"_s + u"61"_s.repeated(16) << "end:" + QByteArray("61").repeated(16)
                              << Framing::endedBy("aaaaaaaaaaaaaaaa");
    QTest::newRow("a marker that is NUL") << u"end:00"_s << QByteArray("nul") << Framing::Nul;
    QTest::newRow("a marker that is a newline") << u"end:0a"_s << QByteArray("newline") << Framing::Newline;
    QTest::newRow("a marker that is CR LF") << u"end:0d0a"_s << QByteArray("crlf") << Framing::CrLf;
    QTest::newRow("two markers") << u"between:02,03"_s << QByteArray("between:02,03")
                                 << Framing::between("\x02", "\x03");
    QTest::newRow("a size") << u"fixed:128"_s << QByteArray("fixed:128") << Framing::fixedSize(128);
    QTest::newRow("the largest size") << u"fixed:16777216"_s << QByteArray("fixed:16777216")
                                      << Framing::fixedSize(Framing::maxSize);
    QTest::newRow("a byte of length") << u"length:1"_s << QByteArray("length:1") << Framing::lengthPrefix({.width = 1});
    QTest::newRow("its order says nothing")
        << u"length:1le"_s << QByteArray("length:1") << Framing::lengthPrefix({.width = 1});
    QTest::newRow("a length") << u"length:2be"_s << QByteArray("length:2be") << Framing::lengthPrefix({.width = 2});
    QTest::newRow("all of a length") << u"length:4le@2+6"_s << QByteArray("length:4le@2+6")
                                     << Framing::lengthPrefix(
                                            {.offset = 2, .adds = 6, .width = 4, .isLittleEndian = true});
    QTest::newRow("a length that counts itself")
        << u"length:8be-8"_s << QByteArray("length:8be-8") << Framing::lengthPrefix({.adds = -8, .width = 8});
    QTest::newRow("nothing is added") << u"length:2be@0+0"_s << QByteArray("length:2be")
                                      << Framing::lengthPrefix({.width = 2});
    QTest::newRow("silence") << u"silence:200"_s << QByteArray("silence:200") << Framing::silence(200);
}

void TestFramingText::canonical()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, canonical);
    QFETCH(const Framing, framing);
    QString error;
    const auto parsed = Framing::parse(text, &error);
    QVERIFY2(parsed, qPrintable(error));
    QCOMPARE(parsed->text(), canonical);
    QVERIFY(*parsed == framing);
    QVERIFY(Framing::parse(QString::fromLatin1(canonical)) == framing);
    QVERIFY(error.isEmpty());
}

void TestFramingText::mistakes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("error"); ///< its beginning

    const QString kinds = u"A message ends with nul, newline, crlf, none, end:HEX"_s;
    const QString marker = u"An end marker is 1 to 16 bytes in hexadecimal digits"_s;
    const QString markers = u"A begin and an end marker are 1 to 16 bytes each"_s;
    const QString size = u"A fixed size is a number of bytes from 1 to 16777216."_s;
    const QString length = u"A length prefix is a width of 1, 2, 4 or 8 bytes with its byte order"_s;
    const QString silence = u"A silence is a number of milliseconds from 1 to 60000."_s;
    QTest::newRow("empty") << u""_s << kinds;
    QTest::newRow("unknown") << u"tab"_s << kinds;
    QTest::newRow("unknown with parameters") << u"tab:9"_s << kinds;
    QTest::newRow("upper case") << u"NUL"_s << kinds;
    QTest::newRow("a named one with parameters") << u"nul:00"_s << kinds;
    QTest::newRow("a kind alone") << u"end"_s << kinds;
    QTest::newRow("no marker") << u"end:"_s << marker;
    QTest::newRow("half a byte") << u"end:3"_s << marker;
    QTest::newRow("no digits") << u"end:0x03"_s << marker;
    QTest::newRow("17 bytes") << u"end:"_s + u"00"_s.repeated(17) << marker;
    QTest::newRow("one marker") << u"between:02"_s << markers;
    QTest::newRow("an empty marker") << u"between:02,"_s << markers;
    QTest::newRow("three markers") << u"between:02,03,04"_s << markers;
    QTest::newRow("size 0") << u"fixed:0"_s << size;
    QTest::newRow("a size over the limit") << u"fixed:16777217"_s << size;
    QTest::newRow("a signed size") << u"fixed:+5"_s << size;
    QTest::newRow("no width") << u"length:"_s << length;
    QTest::newRow("width 3") << u"length:3be"_s << length;
    QTest::newRow("width 16") << u"length:16be"_s << length;
    QTest::newRow("another order") << u"length:2me"_s << length;
    QTest::newRow("no order") << u"length:4"_s
                              << u"A length prefix of several bytes needs its byte order: 4be or 4le."_s;
    QTest::newRow("an offset out of range")
        << u"length:2be@65536"_s << u"The offset of a length prefix is a number from 0 to 65535."_s;
    QTest::newRow("no offset") << u"length:2be@+6"_s << u"The offset of a length prefix"_s;
    QTest::newRow("adds nothing") << u"length:2be+"_s << u"What a length prefix adds is a number from -16777216 to"_s;
    QTest::newRow("adds too much") << u"length:2be-16777217"_s << u"What a length prefix adds"_s;
    QTest::newRow("no silence") << u"silence:0"_s << silence;
    QTest::newRow("a long silence") << u"silence:60001"_s << silence;
    QTest::newRow("a silence with its unit") << u"silence:20ms"_s << silence;
}

void TestFramingText::mistakes()
{
    QFETCH(const QString, text);
    QFETCH(const QString, error);
    QString found;
    QVERIFY(!Framing::parse(text, &found));
    QVERIFY2(found.startsWith(error), qPrintable(found));
    QVERIFY2(found.endsWith(u'.'), qPrintable(found));
    QVERIFY(!Framing::parse(text));
}

void TestFramingText::overhead()
{
    QCOMPARE(Framing().overhead(), 1);
    QCOMPARE(Framing::CrLf.overhead(), 2);
    QCOMPARE(Framing::None.overhead(), 0);
    QCOMPARE(Framing::between("\x02\x02", "\x03").overhead(), 3);
    QCOMPARE(Framing::fixedSize(9).overhead(), 0);
    QCOMPARE(Framing::lengthPrefix({.width = 4}).overhead(), 4);
    QCOMPARE(Framing::lengthPrefix({.offset = 1, .width = 4}).overhead(), 0);
    QCOMPARE(Framing::silence(9).overhead(), 0);
}

REGISTER_TEST(TestFramingText)
#include "tst_framingtext.moc"
