// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/fainttexts.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/ladder/ladderview.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"
#include "ui/windows/capturewindow.h"

#include <QAbstractAnimation>
#include <QAbstractScrollArea>
#include <QApplication>
#include <QTabWidget>
#include <QTextEdit>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// Whether people can read what is painted: contrasts, large fonts, scaled screens. WCAG 2 wants 4.5:1 for texts.
class TestLegibility : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void contrasts_data();
    void contrasts();
    void themeChanges();
    void largeFonts_data();
    void largeFonts();
    void nothingMovesByItself();

private:
    void openWindows();
    void converse();
    QList<QWidget *> windows() const { return {m_server.get(), m_client.get(), m_capture.get()}; }

    QPalette m_palette;
    QFont m_font;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
    std::unique_ptr<CaptureWindow> m_capture;
};

REGISTER_TEST(TestLegibility)

namespace {

constexpr QSize smallScreen(1366, 768);

QPalette paletteOf(const QColor &window, const QColor &base, const QColor &text, const QColor &highlight,
                   const QColor &highlighted)
{
    QPalette palette(window);
    for (const auto role : {QPalette::Window, QPalette::Button, QPalette::AlternateBase, QPalette::ToolTipBase})
        palette.setColor(role, window);
    palette.setColor(QPalette::Base, base);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Highlight, highlight);
    palette.setColor(QPalette::HighlightedText, highlighted);
    palette.setColor(QPalette::PlaceholderText,
                     UiTools::readablePlaceholders(palette).color(QPalette::PlaceholderText));
    return palette;
}

QPalette lightPalette()
{
    return paletteOf(QColor(239, 239, 239), Qt::white, Qt::black, QColor(26, 95, 180), Qt::white);
}

QPalette darkPalette()
{
    return paletteOf(QColor(45, 45, 48), QColor(30, 30, 32), Qt::white, QColor(48, 90, 160), Qt::white);
}

/// A part of the widget is outside of what it is in. What scrolls is not cut off.
bool isCutOff(const QWidget &widget)
{
    for (const QWidget *around = widget.parentWidget(); around; around = around->parentWidget()) {
        if (qobject_cast<const QAbstractScrollArea *>(around))
            return false;
        if (!around->rect().contains(QRect(widget.mapTo(around, QPoint()), widget.size())))
            return true;
    }
    return false;
}

/// The texts that do not fit into their labels and buttons.
QString clipped(const QWidget &window)
{
    QStringList texts;
    const auto check = [&](const QWidget &widget, const QString &text, bool fits) {
        if (widget.isVisible() && widget.window() == &window && !text.isEmpty() && (!fits || isCutOff(widget)))
            texts.append(u"%1 “%2”: %3×%4, needs %5×%6"_s.arg(widget.objectName(), text)
                             .arg(widget.width())
                             .arg(widget.height())
                             .arg(widget.sizeHint().width())
                             .arg(widget.sizeHint().height()));
    };
    for (const auto *label : window.findChildren<QLabel *>()) {
        const QSize needed = label->sizeHint();
        const bool fits = label->wordWrap() ? label->height() >= label->heightForWidth(label->width())
                                            : label->width() >= needed.width() && label->height() >= needed.height();
        check(*label, label->text(), fits || qobject_cast<const ElidedLabel *>(label));
    }
    for (const auto *button : window.findChildren<QAbstractButton *>())
        check(*button, button->text(),
              button->width() >= button->minimumSizeHint().width() &&
                  button->height() >= button->fontMetrics().height());
    for (const auto *field : window.findChildren<QLineEdit *>())
        check(*field, field->text(), field->height() >= field->fontMetrics().height());
    return texts.join(u'\n');
}

} // namespace

void TestLegibility::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_palette = QApplication::palette();
    m_font = QApplication::font();
    QApplication::setStyle(u"Fusion"_s);
}

void TestLegibility::cleanup()
{
    m_capture.reset();
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
    QApplication::setPalette(m_palette);
    QApplication::setFont(m_font);
}

void TestLegibility::openWindows()
{
    m_server = OpenWindows::server(*m_sandbox);
    m_client = OpenWindows::client(*m_sandbox);
    m_capture = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/retransmission.pcap"), QString());
    m_capture->show();
    QTRY_VERIFY(part<LadderView>(*m_capture, "ladderView")->scene().labels.size() > 5);
}

void TestLegibility::converse()
{
    click(*m_server, "startButton");
    QTRY_VERIFY(!listeningOn(*m_server).isEmpty());
    type(*m_client, "portEdit", listeningOn(*m_server).section(u':', -1));
    click(*m_client, "sendButton");
    QTRY_COMPARE(steps(*m_client).size(), 2);
    click(*m_client, "closeButton");
    QTRY_COMPARE(steps(*m_server).size(), 3);
}

void TestLegibility::contrasts_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << lightPalette();
    QTest::newRow("dark") << darkPalette();
    QTest::newRow("high contrast, black") << paletteOf(Qt::black, Qt::black, Qt::white, Qt::yellow, Qt::black);
    QTest::newRow("high contrast, white") << paletteOf(Qt::white, Qt::white, Qt::black, Qt::black, Qt::white);
}

void TestLegibility::contrasts()
{
    QFETCH(const QPalette, palette);
    QApplication::setPalette(palette);
    QFont font = QApplication::font();
    font.setStyleStrategy(QFont::NoAntialias);
    QApplication::setFont(font);
    openWindows();
    const auto look = [this] { // layouts follow a little later
        for (QWidget *window : windows())
            QTRY_COMPARE(faintTexts(*window), QString());
    };
    look();
    if (QTest::currentTestFailed())
        return;
    converse();
    if (QTest::currentTestFailed())
        return;
    look();
    for (QWidget *window : windows()) {
        window->resize(1200, 700);
        if (auto *tabs = window->findChild<QTabWidget *>())
            tabs->setCurrentIndex(1);
    }
    part<QTableView>(*m_client, "stepView")->selectRow(1);
    look();
}

/// A desktop may turn dark in the evening.
void TestLegibility::themeChanges()
{
    QApplication::setPalette(lightPalette());
    QFont font = QApplication::font();
    font.setStyleStrategy(QFont::NoAntialias);
    QApplication::setFont(font);
    openWindows();
    converse();
    if (QTest::currentTestFailed())
        return;
    m_client->resize(1200, 700);
    part<QTableView>(*m_client, "stepView")->selectRow(1);
    QTRY_VERIFY(!part<QTextEdit>(*m_client, "detailsFacts")->toPlainText().isEmpty());
    QApplication::setPalette(darkPalette());
    QTRY_COMPARE(m_capture->palette().color(QPalette::Base), darkPalette().color(QPalette::Base));
    for (QWidget *window : windows())
        QTRY_COMPARE(faintTexts(*window), QString());
}

void TestLegibility::largeFonts_data()
{
    QTest::addColumn<int>("percent");
    for (const int percent : {100, 150, 200})
        QTest::addRow("%d %%", percent) << percent;
}

void TestLegibility::largeFonts()
{
    QFETCH(const int, percent);
    QFont font = QApplication::font();
    font.setPointSizeF(font.pointSizeF() * percent / 100);
    QApplication::setFont(font);
    openWindows();
    converse();
    if (QTest::currentTestFailed())
        return;
    for (QWidget *window : windows()) {
        window->resize(smallScreen);
        QVERIFY2(window->minimumSizeHint().width() <= smallScreen.width(), qPrintable(window->windowTitle()));
        QVERIFY2(window->minimumSizeHint().height() <= smallScreen.height(), qPrintable(window->windowTitle()));
        QTRY_COMPARE(clipped(*window), QString());
    }
    for (QWidget *window : {static_cast<QWidget *>(m_server.get()), static_cast<QWidget *>(m_client.get())}) {
        click(*window, "moreButton");
        QTRY_COMPARE(clipped(*window), QString());
        QVERIFY2(window->minimumSizeHint().height() <= smallScreen.height(), qPrintable(window->windowTitle()));
    }
}

/// So there is nothing to stop where the system asks for no animations.
void TestLegibility::nothingMovesByItself()
{
    openWindows();
    converse();
    for (const QWidget *window : windows())
        QVERIFY(window->findChildren<QAbstractAnimation *>().isEmpty());
}

#include "tst_legibility.moc"
