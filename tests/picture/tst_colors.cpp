// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picture/colors.h"
#include "support/registertest.h"

#include <QPalette>
#include <QTest>

class ColorsTest : public QObject
{
    Q_OBJECT
private slots:
    void contrasts_data();
    void contrasts();
    void followTheBase();
};

void ColorsTest::contrasts_data()
{
    QTest::addColumn<QColor>("base");
    QTest::addColumn<QColor>("text");
    QTest::newRow("white") << QColor(Qt::white) << QColor(Qt::black);
    QTest::newRow("off-white") << QColor(245, 245, 243) << QColor(46, 52, 54);
    QTest::newRow("black") << QColor(Qt::black) << QColor(Qt::white);
    QTest::newRow("dark grey") << QColor(30, 30, 32) << QColor(Qt::white);
    QTest::newRow("lighter dark grey") << QColor(42, 46, 50) << QColor(252, 252, 252);
}

void ColorsTest::contrasts()
{
    QFETCH(const QColor, base);
    QFETCH(const QColor, text);
    QPalette palette;
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::Text, text);
    const Colors &colors = Colors::of(palette);
    for (const QColor &color : {colors.quietText, colors.placeholder, colors.accent, colors.warning, colors.error})
        QVERIFY2(Colors::contrast(color, base) >= 4.5, qPrintable(color.name()));
    QVERIFY(Colors::contrast(colors.line, base) >= 3);
    QVERIFY(Colors::contrast(colors.onAccent, colors.accent) >= 4.5);
    QVERIFY(Colors::contrast(text, colors.tint) >= 4.5);
}

void ColorsTest::followTheBase()
{
    QPalette palette(Qt::white);
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    QVERIFY(!Colors::isDark(palette));
    palette.setColor(QPalette::Base, Qt::black);
    palette.setColor(QPalette::Text, Qt::white);
    QVERIFY(Colors::isDark(palette));
}

REGISTER_TEST(ColorsTest)

#include "tst_colors.moc"
