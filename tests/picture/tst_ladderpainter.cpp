// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picture/ladderpainter.h"
#include "support/painted.h"
#include "support/registertest.h"

#include <QPainter>
#include <QTest>

/// How arrows look.
class TestLadderPainter : public QObject
{
    Q_OBJECT

private slots:
    void tails_data();
    void tails();
};

namespace {

constexpr int tailX = 50; ///< of a flat arrow to the right

QImage pictureOf(LadderArrow arrow)
{
    QImage image(200, 100, QImage::Format_RGB32);
    image.fill(Qt::white);
    arrow.tail = QPointF(tailX, 50);
    arrow.head = QPointF(180, 50);
    LadderScene scene;
    scene.width = image.width();
    scene.arrows.push_back(arrow);
    QPainter painter(&image);
    LadderPainter(QFont(), QPalette(Qt::white)).paint(painter, scene);
    return image;
}

} // namespace

/// A copy that the network made forks at its tail, where other arrows are as thin as a line.
void TestLadderPainter::tails_data()
{
    QTest::addColumn<LadderArrow>("arrow");
    QTest::addColumn<bool>("isFork");
    QTest::newRow("bytes") << LadderArrow{.carriesBytes = true} << false;
    QTest::newRow("no bytes") << LadderArrow{} << false;
    QTest::newRow("a lost segment") << LadderArrow{.arrival = LadderRow::Arrival::Lost} << false;
    QTest::newRow("a copy") << LadderArrow{.carriesBytes = true, .isDuplicate = true} << true;
    QTest::newRow("a copy of no bytes") << LadderArrow{.isDuplicate = true} << true;
}

void TestLadderPainter::tails()
{
    QFETCH(const LadderArrow, arrow);
    const QRect tail = Painted::rect(pictureOf(arrow), QRect(tailX - 2, 0, 6, 100));
    QTEST(tail.height() > 4, "isFork");
}

REGISTER_TEST(TestLadderPainter)
#include "tst_ladderpainter.moc"
