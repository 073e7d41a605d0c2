// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picture/colors.h"
#include "support/openwindows.h"
#include "support/painted.h"
#include "support/registertest.h"
#include "ui/guide/guide.h"
#include "ui/guide/guidewindow.h"
#include "ui/ladder/ladderview.h"
#include "ui/tools/uitools.h"
#include "ui/windows/capturewindow.h"

#include <QAction>
#include <QApplication>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// A desktop may turn dark in the evening: a window that was open then looks as if it were opened afterwards.
class TestThemeChange : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void looksAsIfOpenedThen_data();
    void looksAsIfOpenedThen();
    void runningServer();
    void guideStaysWhereItIs();
    void placeholders();

private:
    static void changeTheme(const QWidget &window);

    QPalette m_palette;
    int m_flashTime = 0;
    std::unique_ptr<Sandbox> m_sandbox;
};

REGISTER_TEST(TestThemeChange)

using WindowMaker = std::unique_ptr<QWidget> (*)(const Sandbox &sandbox);

namespace {

QPalette evening()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    palette.setColor(QPalette::Text, Qt::white);
    palette.setColor(QPalette::Link, QColor(120, 174, 237));
    return palette;
}

std::unique_ptr<QWidget> clientWithAnError(const Sandbox &sandbox)
{
    auto window = OpenWindows::client(sandbox);
    type(*window, "portEdit", u"x"_s);
    return window;
}

std::unique_ptr<QWidget> wideServer(const Sandbox &sandbox)
{
    auto window = OpenWindows::server(sandbox);
    window->resize(1200, 700);
    return window;
}

std::unique_ptr<QWidget> filteringClient(const Sandbox &sandbox)
{
    auto window = OpenWindows::client(sandbox);
    part<QAction>(*window, "useExpressions")->setChecked(true);
    return window;
}

std::unique_ptr<QWidget> guide(const Sandbox &sandbox)
{
    Q_UNUSED(sandbox)
    auto window = std::make_unique<GuideWindow>(nullptr);
    window->showPage(u"index"_s);
    return window;
}

std::unique_ptr<QWidget> capture(const Sandbox &sandbox)
{
    Q_UNUSED(sandbox)
    auto window = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/retransmission.pcap"), QString());
    window->resize(1200, 700);
    window->show();
    [&] { QTRY_VERIFY(part<LadderView>(*window, "ladderView")->scene().labels.size() > 5); }();
    return window;
}

} // namespace

void TestThemeChange::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_palette = QApplication::palette();
    m_flashTime = QApplication::cursorFlashTime();
    QApplication::setCursorFlashTime(0);
    QApplication::setStyle(u"Fusion"_s);
}

void TestThemeChange::cleanup()
{
    m_sandbox.reset();
    QApplication::setPalette(m_palette);
    QApplication::setCursorFlashTime(m_flashTime);
}

void TestThemeChange::changeTheme(const QWidget &window)
{
    QApplication::setPalette(evening());
    QTRY_COMPARE(window.palette().color(QPalette::Base), evening().color(QPalette::Base));
}

void TestThemeChange::looksAsIfOpenedThen_data()
{
    QTest::addColumn<WindowMaker>("make");
    QTest::newRow("an error in the form") << WindowMaker(clientWithAnError);
    QTest::newRow("a wide server") << WindowMaker(wideServer);
    QTest::newRow("a filter") << WindowMaker(filteringClient);
    QTest::newRow("the guide") << WindowMaker(guide);
    QTest::newRow("a capture") << WindowMaker(capture);
}

void TestThemeChange::looksAsIfOpenedThen()
{
    QFETCH(const WindowMaker, make);
    auto window = make(*m_sandbox);
    QTRY_VERIFY(window->isActiveWindow());
    const QImage before = Painted::image(*window);
    changeTheme(*window);
    const QImage after = Painted::image(*window);
    QVERIFY(after != before);
    window.reset();
    m_sandbox = std::make_unique<Sandbox>();
    window = make(*m_sandbox);
    QTRY_VERIFY(window->isActiveWindow());
    QTRY_COMPARE(Painted::image(*window), after);
}

/// The button that stops it is not filled, so its icon has the colour of other texts.
void TestThemeChange::runningServer()
{
    const auto window = OpenWindows::server(*m_sandbox);
    click(*window, "startButton");
    QTRY_VERIFY(!listeningOn(*window).isEmpty());
    const auto inkOf = [&] {
        const auto *button = part<QPushButton>(*window, "startButton");
        const QImage icon = button->icon().pixmap(16).toImage();
        return icon.pixelColor(icon.rect().center());
    };
    QTRY_COMPARE(inkOf(), window->palette().color(QPalette::ButtonText));
    changeTheme(*window);
    QCOMPARE(inkOf(), evening().color(QPalette::ButtonText));
}

void TestThemeChange::guideStaysWhereItIs()
{
    const auto window = guide(*m_sandbox);
    auto *bar = part<QTextBrowser>(*window, "guidePage")->verticalScrollBar();
    bar->setValue(bar->maximum() / 2);
    QVERIFY(bar->value() > 0);
    const int place = bar->value();
    changeTheme(*window);
    QCOMPARE(bar->value(), place);
}

/// Also those of a theme that does not say which colour they have.
void TestThemeChange::placeholders()
{
    UiTools::keepPlaceholdersReadable();
    for (const QPalette &palette : {m_palette, evening(), m_palette}) {
        QApplication::setPalette(palette);
        QTRY_COMPARE(QApplication::palette().color(QPalette::PlaceholderText), Colors::of(palette).placeholder);
        QCOMPARE(QApplication::palette().color(QPalette::Base), palette.color(QPalette::Base));
    }
}

#include "tst_themechange.moc"
