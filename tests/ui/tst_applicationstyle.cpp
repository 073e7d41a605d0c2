// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/registertest.h"
#include "ui/tools/applicationstyle.h"

#include <QApplication>
#include <QIcon>
#include <QImage>
#include <QPainter>
#include <QStyleFactory>
#include <QTest>

#include <memory>

/// The arrow that is read late looks as the system's.
class TestApplicationStyle : public QObject
{
    Q_OBJECT
private slots:
    void arrow_data();
    void arrow();
    void outlivesItsStyle();
};

REGISTER_TEST(TestApplicationStyle)

namespace {

constexpr QStyle::StandardPixmap menuBarArrow = QStyle::SP_ToolBarHorizontalExtensionButton;

QStyle *system()
{
    return QStyleFactory::create(QStringLiteral("Fusion"));
}

QImage painted(const QIcon &icon, QIcon::Mode mode, int ratio)
{
    QImage image(40 * ratio, 40 * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::white);
    QPainter painter(&image);
    icon.paint(&painter, 4, 4, 32, 32, Qt::AlignCenter, mode);
    return image;
}

} // namespace

void TestApplicationStyle::arrow_data()
{
    QTest::addColumn<QIcon::Mode>("mode");
    QTest::addColumn<int>("ratio");
    QTest::newRow("enabled") << QIcon::Normal << 1;
    QTest::newRow("disabled") << QIcon::Disabled << 1;
    QTest::newRow("scaled screen") << QIcon::Normal << 2;
}

void TestApplicationStyle::arrow()
{
    QFETCH(const QIcon::Mode, mode);
    QFETCH(const int, ratio);
    const std::unique_ptr<QStyle> expected(system());
    const ApplicationStyle style(system());
    const QIcon icon = style.standardIcon(menuBarArrow);
    const QIcon systems = expected->standardIcon(menuBarArrow);
    QCOMPARE(painted(icon, mode, ratio), painted(systems, mode, ratio));
    QVERIFY(painted(icon, mode, ratio) != painted(QIcon(), mode, ratio));
    QCOMPARE(icon.pixmap(QSize(16, 16), ratio, mode).toImage(), systems.pixmap(QSize(16, 16), ratio, mode).toImage());
}

void TestApplicationStyle::outlivesItsStyle()
{
    auto style = std::make_unique<ApplicationStyle>(system());
    const QIcon icon = style->standardIcon(menuBarArrow);
    style.reset();
    const QIcon other = QApplication::style()->standardIcon(menuBarArrow);
    QCOMPARE(painted(icon, QIcon::Normal, 1), painted(other, QIcon::Normal, 1));
}

#include "tst_applicationstyle.moc"
