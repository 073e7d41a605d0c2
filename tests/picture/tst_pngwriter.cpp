// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picture/pngwriter.h"
#include "support/registertest.h"

#include <QBuffer>
#include <QTest>

/// A PNG that is written strip by strip.
class TestPngWriter : public QObject
{
    Q_OBJECT

private slots:
    void strips_data();
    void strips();
    void fullDevice_data();
    void fullDevice();
};

namespace {

QImage colorful(const QSize &size)
{
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, qRgb(x % 256, y % 256, (x * y) % 256));
    }
    return image;
}

/// Accepts a limited number of bytes.
class SmallDevice : public QIODevice
{
public:
    explicit SmallDevice(qint64 room)
        : m_room(room)
    {
        open(WriteOnly | Unbuffered);
    }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *, qint64 size) override
    {
        m_room -= size;
        return m_room < 0 ? -1 : size;
    }

private:
    qint64 m_room;
};

} // namespace

void TestPngWriter::strips_data()
{
    QTest::addColumn<int>("rows"); // of a strip
    QTest::newRow("one for all") << 100;
    QTest::newRow("several") << 30;
    QTest::newRow("a row each") << 1;
}

void TestPngWriter::strips()
{
    QFETCH(const int, rows);
    const QImage image = colorful({70, 100});
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    {
        PngWriter png(out, image.size());
        for (int top = 0; top < image.height(); top += rows)
            QVERIFY(png.write(image.copy(0, top, image.width(), qMin(rows, image.height() - top))));
        QVERIFY(png.finish());
    }
    QCOMPARE(QImage::fromData(out.data(), "PNG").convertToFormat(QImage::Format_RGB32), image);
}

void TestPngWriter::fullDevice_data()
{
    QTest::addColumn<int>("room");
    QTest::newRow("at the beginning") << 10;
    QTest::newRow("in the picture") << 9000;
}

void TestPngWriter::fullDevice()
{
    QFETCH(const int, room);
    const QImage image = colorful({300, 300});
    SmallDevice out(room);
    PngWriter png(out, image.size());
    const bool isWritten = png.write(image) && png.finish();
    QVERIFY(!isWritten);
    QVERIFY(!png.write(image)); // every further call fails too
    QVERIFY(!png.finish());
}

REGISTER_TEST(TestPngWriter)
#include "tst_pngwriter.moc"
