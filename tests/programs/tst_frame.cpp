// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "picture/colors.h"
#include "server_gui/serverwindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/forms/conversationform.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QPushButton>
#include <QToolButton>

using namespace WindowTools;

/// The frame that both windows share: what a fresh one shows, where it stands, and which button is the next step.
class FrameTest : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void freshWindowsShowWhatTheyNeed();
    void nothingIsElidedInTheSmallestWindow();
    void simultaneousStepsStandSideBySide();
    void columnsAreInLine();
    void onePrimaryButton();
    void windowsStayOnTheScreen();

private:
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

namespace {

/// The controls that a person sees and can use or will be able to.
QStringList controls(const QWidget &window)
{
    QStringList names;
    for (const auto *widget : window.findChildren<QWidget *>()) {
        const bool isControl =
            qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
            qobject_cast<const QComboBox *>(widget) || qobject_cast<const QTabBar *>(widget) ||
            qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const MessageEdit *>(widget);
        if (isControl && widget->isVisible() && !widget->objectName().isEmpty() &&
            !widget->objectName().startsWith("qt_"))
            names.append(widget->objectName());
    }
    names.sort();
    return names;
}

bool isPrimary(const QWidget &window, const char *name)
{
    const auto *button = part<QAbstractButton>(window, name);
    return button->isEnabled() &&
           button->palette().color(QPalette::Active, QPalette::Button) == Colors::of(window.palette()).accent;
}

QStringList primaries(const QWidget &window)
{
    QStringList names;
    for (const char *name : {"startButton", "sendButton", "closeButton"}) {
        if (window.findChild<QAbstractButton *>(QLatin1StringView(name)) && isPrimary(window, name))
            names.append(name);
    }
    return names;
}

int leftOf(const QWidget &window, const char *name)
{
    return part<QWidget>(window, name)->mapTo(&window, QPoint()).x();
}

int rightOf(const QWidget &window, const char *name)
{
    const auto *widget = part<QWidget>(window, name);
    return widget->mapTo(&window, QPoint(widget->width(), 0)).x();
}

int topOf(const QWidget &window, const char *name)
{
    return part<QWidget>(window, name)->mapTo(&window, QPoint()).y();
}

} // namespace

void FrameTest::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    ServerOptions server;
    server.port = quint16(0);
    server.replyDelayMs = 0;
    server.sessionPath = m_sandbox->sessionPath("server");
    m_server = std::make_unique<ServerWindow>(server);
    ClientOptions client;
    client.sessionPath = m_sandbox->sessionPath("client");
    m_client = std::make_unique<ClientWindow>(client);
    for (QWidget *window : {static_cast<QWidget *>(m_server.get()), static_cast<QWidget *>(m_client.get())}) {
        window->resize(UiTools::minimumWindow);
        window->show();
    }
}

void FrameTest::cleanup()
{
    m_sandbox.reset(); // the last lines of the sessions find no folder
    m_client.reset();
    m_server.reset();
}

void FrameTest::freshWindowsShowWhatTheyNeed()
{
    const QStringList both{"closeButton", "connectionCombo",   "eventsSwitch", "filterEdit",
                           "messageEdit", "messageFormButton", "moreButton",   "moreViews",
                           "paneTabs",    "portEdit",          "sendButton"};
    QStringList server =
        both + QStringList{"addressCombo", "replyDelayEdit", "replyEdit", "replyFormButton", "startButton"};
    QStringList client = both + QStringList{"closeAfterReply", "hostEdit", "sendMenuButton"};
    server.sort();
    client.sort();
    QCOMPARE(controls(*m_server), server);
    QCOMPARE(controls(*m_client), client);
}

void FrameTest::nothingIsElidedInTheSmallestWindow()
{
    for (const QWidget *window : {static_cast<QWidget *>(m_server.get()), static_cast<QWidget *>(m_client.get())}) {
        click(*window, "moreButton");
        QCOMPARE(window->size(), UiTools::minimumWindow);
        for (const auto *label : window->findChildren<QLabel *>()) {
            if (label->isVisible() && !label->text().isEmpty())
                QVERIFY2(label->width() >= label->sizeHint().width(), qPrintable(label->text()));
        }
        for (const auto *button : window->findChildren<QAbstractButton *>()) {
            if (button->isVisible() && !button->text().isEmpty())
                QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
        }
        for (const auto *label : window->findChildren<ElidedLabel *>())
            QVERIFY2(!label->isVisible() || !label->isElided(), qPrintable(label->text()));
    }
    click(*m_server, "startButton");
    QTRY_COMPARE(statusText(*m_server), listeningOn(*m_server));
    QVERIFY(!m_server->findChild<ElidedLabel *>("statusText")->isElided());
}

void FrameTest::simultaneousStepsStandSideBySide()
{
    for (int unfolded = 0; unfolded < 2; ++unfolded) {
        QCOMPARE(m_server->findChild<ConversationForm *>()->height(),
                 m_client->findChild<ConversationForm *>()->height());
        QCOMPARE(topOf(*m_server, "stepView"), topOf(*m_client, "stepView"));
        QCOMPARE(topOf(*m_server, "statusLine"), topOf(*m_client, "statusLine"));
        click(*m_server, "moreButton");
        click(*m_client, "moreButton");
    }
    for (const char *name :
         {"portEdit", "replyEdit", "replyFormButton", "startButton", "messageEdit", "sendButton", "closeButton"})
        QCOMPARE(part<QWidget>(*m_server, name)->height(), UiTools::rowHeight(*m_server));
}

/// The fields of all rows are aligned; that of the message only where it has room for a message beside its buttons.
void FrameTest::columnsAreInLine()
{
    click(*m_server, "moreButton");
    click(*m_client, "moreButton");
    for (const char *name : {"replyEdit", "framingCombo", "allowEdit"})
        QCOMPARE(leftOf(*m_server, name), leftOf(*m_server, "addressCombo"));
    for (const char *name : {"replyDelayEdit", "closeDelayEdit", "allowEdit"})
        QCOMPARE(rightOf(*m_server, name), rightOf(*m_server, "portEdit"));
    QCOMPARE(rightOf(*m_server, "moreButton"), rightOf(*m_server, "startButton"));
    QCOMPARE(rightOf(*m_server, "closeButton"), rightOf(*m_server, "startButton"));
    for (const char *name : {"closeAfterReply", "framingCombo", "timeoutEdit"})
        QCOMPARE(leftOf(*m_client, name), leftOf(*m_client, "hostEdit"));
    for (const char *name : {"closeDelayEdit", "timeoutEdit"})
        QCOMPARE(rightOf(*m_client, name), rightOf(*m_client, "portEdit"));
    const int usual = m_client->fontMetrics().horizontalAdvance("Hi, server! I'm client.");
    QVERIFY(part<QPlainTextEdit>(*m_client, "messageEdit")->viewport()->width() > usual * 9 / 10);
    for (QWidget *window : {static_cast<QWidget *>(m_server.get()), static_cast<QWidget *>(m_client.get())})
        window->resize(UiTools::wideWindow, 600);
    QTRY_COMPARE(leftOf(*m_server, "messageEdit"), leftOf(*m_server, "addressCombo"));
    QTRY_COMPARE(leftOf(*m_client, "messageEdit"), leftOf(*m_client, "hostEdit"));
}

void FrameTest::onePrimaryButton()
{
    QCOMPARE(primaries(*m_server), QStringList{"startButton"});
    QCOMPARE(primaries(*m_client), QStringList{"sendButton"});
    click(*m_server, "startButton");
    QTRY_COMPARE(primaries(*m_server), QStringList());
    QTRY_VERIFY(!listeningOn(*m_server).isEmpty()); // the log shows it a moment later
    type(*m_client, "portEdit", listeningOn(*m_server).section(':', -1));
    click(*m_client, "sendButton");
    QTRY_COMPARE(primaries(*m_client), QStringList{"closeButton"});
    QTRY_COMPARE(primaries(*m_server), QStringList{"closeButton"});
    click(*m_client, "closeButton");
    QTRY_COMPARE(primaries(*m_client), QStringList{"sendButton"});
    QTRY_COMPARE(primaries(*m_server), QStringList());

    // That is really painted: the text of a filled button has enough contrast.
    const QImage picture = part<QPushButton>(*m_client, "sendButton")->grab().toImage();
    const QColor accent = Colors::of(m_client->palette()).accent;
    int filled = 0;
    for (int x = 0; x < picture.width(); ++x)
        filled += picture.pixelColor(x, 4) == accent ? 1 : 0;
    QVERIFY2(filled > picture.width() * 3 / 4, qPrintable(QString::number(filled)));
}

void FrameTest::windowsStayOnTheScreen()
{
    const QRect screen = m_client->screen()->availableGeometry();
    QWidget window;
    window.setMinimumSize(100, 100);
    window.resize(screen.size() * 2);
    window.move(screen.right() - 50, screen.bottom() - 50);
    window.show();
    UiTools::keepOnScreen(window);
    QVERIFY(screen.contains(window.frameGeometry()));
    window.resize(200, 200);
    window.move(screen.topLeft() + QPoint(30, 30));
    const QRect before = window.geometry();
    UiTools::keepOnScreen(window);
    QCOMPARE(window.geometry(), before);
}

REGISTER_TEST(FrameTest)

#include "tst_frame.moc"
