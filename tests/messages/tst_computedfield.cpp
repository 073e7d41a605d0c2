// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "messages/checksum.h"
#include "messages/messagetemplate.h"
#include "support/registertest.h"

#include <QTest>

using namespace Qt::Literals::StringLiterals;

class TestComputedField : public QObject
{
    Q_OBJECT
private slots:
    void checkValues();
    void computes_data();
    void computes();
    void refuses_data();
    void refuses();
    void lengthsCountWhatIsBehind();
    void hasNoRoom_data();
    void hasNoRoom();
    void bytesOnly();
};

REGISTER_TEST(TestComputedField)

namespace {

ComputedField field(const QString &text)
{
    const auto parsed = ComputedField::parse(text);
    if (const auto *sentence = std::get_if<QString>(&parsed)) {
        QTest::qFail(qPrintable(*sentence), __FILE__, __LINE__);
        return {};
    }
    return std::get<ComputedField>(parsed);
}

} // namespace

/// The catalogue of CRC algorithms has these.
void TestComputedField::checkValues()
{
    const QByteArray digits = "123456789";
    QCOMPARE(Checksum::crc16Modbus(digits), quint16(0x4B37));
    QCOMPARE(Checksum::crc16Ccitt(digits), quint16(0x29B1));
    QCOMPARE(Checksum::crc32(digits), 0xCBF43926U);
    QCOMPARE(Checksum::sum8(digits), quint8(0xDD));
    QCOMPARE(Checksum::xor8(digits), quint8(0x31));
}

void TestComputedField::computes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("expected");
    const QByteArray digits = "123456789";
    // A request to read ten holding registers, with the CRC that Modbus over serial line sends.
    QTest::newRow("modbus") << u"crc16-modbus"_s << QByteArray::fromHex("01030000000a") << QByteArray::fromHex("c5cd");
    QTest::newRow("modbus, be") << u"crc16-modbus:be"_s << digits << QByteArray::fromHex("4b37");
    QTest::newRow("ccitt") << u"crc16-ccitt"_s << digits << QByteArray::fromHex("29b1");
    QTest::newRow("ccitt, le") << u"crc16-ccitt:le"_s << digits << QByteArray::fromHex("b129");
    QTest::newRow("crc32") << u"crc32"_s << digits << QByteArray::fromHex("cbf43926");
    QTest::newRow("crc32, le") << u"crc32:le"_s << digits << QByteArray::fromHex("2639f4cb");
    QTest::newRow("crc32, hex") << u"crc32:hex"_s << digits << QByteArray("CBF43926");
    QTest::newRow("sum8") << u"sum8"_s << digits << QByteArray::fromHex("dd");
    QTest::newRow("range") << u"sum8:1..2"_s << digits << QByteArray("\x65");                // 0x32 + 0x33
    QTest::newRow("range from the end") << u"sum8:-2..-1"_s << digits << QByteArray("\x71"); // 0x38 + 0x39
    QTest::newRow("one byte") << u"sum8:0..0"_s << digits << QByteArray("1");
    QTest::newRow("range beyond the field") << u"sum8:7..100"_s << digits << QByteArray("\x71");
    QTest::newRow("range to the largest number") << u"sum8:7..9223372036854775807"_s << digits << QByteArray("\x71");
    QTest::newRow("range behind the field") << u"sum8:100..200"_s << digits << QByteArray(1, '\0');
    QTest::newRow("range that ends before it begins") << u"sum8:5..2"_s << digits << QByteArray(1, '\0');
    // NMEA 0183: between $ and *.
    QTest::newRow("nmea") << u"xor8:1..-2,hex"_s
                          << QByteArray("$GPGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*")
                          << QByteArray("47");
    QTest::newRow("counter") << u"counter"_s << digits << QByteArray("41");
    QTest::newRow("counter in two bytes") << u"counter:2be"_s << digits << QByteArray("\0\x29", 2);
    QTest::newRow("counter in four, le") << u"counter: 4le"_s << digits << QByteArray("\x29\0\0\0", 4);
    QTest::newRow("counter from 0") << u"counter:-1"_s << digits << QByteArray("40");
    QTest::newRow("counter, hex") << u"counter:hex"_s << digits << QByteArray("29");
    QTest::newRow("counter, four digits") << u"counter:2be,hex"_s << digits << QByteArray("0029");
    QTest::newRow("time") << u"time"_s << digits << QByteArray("2026-11-22T12:54:05.871Z");
    QTest::newRow("time, s") << u"time:s"_s << digits << QByteArray("1795352045");
    QTest::newRow("time, ms") << u"time:ms"_s << digits << QByteArray("1795352045871");
}

void TestComputedField::computes()
{
    QFETCH(const QString, text);
    QFETCH(const QByteArray, before);
    QTEST(field(text).compute(before, 0, {.counter = 41, .wallUs = 1'795'352'045'871'752}), "expected");
}

void TestComputedField::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("nothing") << QString() << u"There is no computed field {}."_s;
    QTest::newRow("unknown") << u"crc17"_s << u"There is no computed field {crc17}. There are: crc16-modbus,"_s;
    QTest::newRow("upper case") << u"CRC32"_s << u"There is no computed field {CRC32}."_s;
    QTest::newRow("option of a checksum") << u"crc32:2be"_s << u"A checksum takes FIRST..LAST, be, le or hex,"_s;
    QTest::newRow("half a range") << u"crc32:2.."_s << u"A checksum takes"_s;
    QTest::newRow("no option") << u"crc32:"_s << u"A checksum takes"_s;
    QTest::newRow("three bytes") << u"length:3be"_s << u"A length or counter takes"_s;
    QTest::newRow("added what") << u"length:2be,+x"_s << u"A length or counter takes"_s;
    QTest::newRow("time") << u"time:us"_s << u"The time takes s or ms, not “us”."_s;
}

void TestComputedField::refuses()
{
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    const auto parsed = ComputedField::parse(text);
    QVERIFY(std::holds_alternative<QString>(parsed));
    QVERIFY2(std::get<QString>(parsed).startsWith(says), qPrintable(std::get<QString>(parsed)));
}

void TestComputedField::lengthsCountWhatIsBehind()
{
    MessageTemplate message;
    message.append("\x02");
    message.append(field(u"length:2be"_s));
    message.append("abc");
    message.append(field(u"length:+100"_s));
    message.append("hi");
    message.append(field(u"counter"_s));
    message.append(field(u"crc16-modbus"_s));
    // abc, three digits, hi, three digits and the CRC are 13 bytes; hi, three digits and the CRC are seven.
    QByteArray expected = QByteArray("\x02\0\x0d", 3) + "abc107hi123";
    const quint16 crc = Checksum::crc16Modbus(expected);
    expected.append(char(crc & 0xFF));
    expected.append(char(crc >> 8));
    QCOMPARE(message.fill({.counter = 123}).toHex(' '), expected.toHex(' '));
    QCOMPARE(message.fieldWithoutRoom(), -1);
    QVERIFY(message.hasCounter());
}

void TestComputedField::hasNoRoom_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("behind");
    QTest::addColumn<bool>("hasRoom");
    QTest::newRow("255 in one byte") << u"length:1"_s << 255 << true;
    QTest::newRow("256 in one byte") << u"length:1"_s << 256 << false;
    QTest::newRow("65535 in two") << u"length:2be"_s << 65535 << true;
    QTest::newRow("65535 and 1 in two") << u"length:2be,+1"_s << 65535 << false;
    QTest::newRow("less than nothing") << u"length:-4"_s << 3 << false;
    QTest::newRow("nothing") << u"length:-4"_s << 4 << true;
    QTest::newRow("more than the largest number") << u"length:8le,+9223372036854775807"_s << 1 << false;
    QTest::newRow("eight bytes") << u"length:8le"_s << 70000 << true;
}

void TestComputedField::hasNoRoom()
{
    QFETCH(const QString, text);
    QFETCH(const int, behind);
    MessageTemplate message;
    message.append(field(u"counter"_s));
    message.append(field(text));
    message.append(QByteArray(behind, 'x'));
    QTEST(message.fieldWithoutRoom() < 0, "hasRoom");
    if (message.fieldWithoutRoom() >= 0)
        QCOMPARE(message.fieldWithoutRoom(), 1);
}

void TestComputedField::bytesOnly()
{
    QVERIFY(MessageTemplate().isEmpty());
    QVERIFY(MessageTemplate(QByteArray()).isEmpty());
    QCOMPARE(MessageTemplate().fill({}), QByteArray());
    const MessageTemplate message(QByteArray("a\0b", 3));
    QVERIFY(!message.hasFields() && !message.isEmpty() && !message.hasCounter());
    QCOMPARE(message.fill({}), QByteArray("a\0b", 3));
}

#include "tst_computedfield.moc"
