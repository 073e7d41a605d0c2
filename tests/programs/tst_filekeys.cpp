// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/keys.h"
#include "support/openwindows.h"
#include "support/registertest.h"
#include "ui/windows/capturewindow.h"
#include "ui/windows/sessionwindow.h"
#include "ui/wire/wireview.h"

#include <QFile>
#include <QFileDialog>
#include <QPointer>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace Keys;
using namespace WindowTools;

/// The dialogs for files, without a mouse. (The platform's own dialogs are not ours; offscreen there are none.)
class TestFileKeys : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void opens_data();
    void opens();
    void exports_data();
    void exports();
    void opensAnExample();
    void sendsAFile();
    void opensRules();
    void savesSegments();

private:
    template<typename Window>
    static Window *found()
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *widget : windows) {
            if (auto *window = qobject_cast<Window *>(widget); window && window->isVisible())
                return window;
        }
        return nullptr;
    }
    static void enterPath(const QString &path);

    QTemporaryDir m_folder;
    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<ServerWindow> m_server;
    std::unique_ptr<ClientWindow> m_client;
};

REGISTER_TEST(TestFileKeys)

void TestFileKeys::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = OpenWindows::server(*m_sandbox);
    m_client = OpenWindows::client(*m_sandbox);
    activate(*m_client);
}

void TestFileKeys::cleanup()
{
    FileWindow::closeAll();
    m_client.reset();
    m_server.reset();
    m_sandbox.reset();
}

/// In the dialog that opens.
void TestFileKeys::enterPath(const QString &path)
{
    QTRY_VERIFY(qobject_cast<QFileDialog *>(QApplication::activeWindow()));
    const QPointer<QFileDialog> dialog = qobject_cast<QFileDialog *>(QApplication::activeWindow());
    enter(path);
    press(Qt::Key_Return);
    QTRY_VERIFY(!dialog);
}

void TestFileKeys::opens_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isCapture");
    QTest::newRow("a session") << QString() << false;
    QTest::newRow("a capture") << QStringLiteral(EXAMPLES "/conversation.pcap") << true;
}

void TestFileKeys::opens()
{
    QFETCH(const QString, path);
    QFETCH(const bool, isCapture);
    connectAndSend(*m_server, *m_client);
    press(Qt::CTRL | Qt::SHIFT | Qt::Key_E); // Export…
    const QString session = m_folder.filePath(QLatin1StringView(isCapture ? "1.jsonl" : "2.jsonl"));
    enterPath(session);
    QTRY_VERIFY2(noticeText(*m_client).startsWith(u"Exported to"_s), qPrintable(statusText(*m_client)));
    activate(*m_client);
    press(Qt::CTRL | Qt::Key_O); // Open…
    enterPath(path.isEmpty() ? session : path);
    QTRY_VERIFY(isCapture ? found<CaptureWindow>() != nullptr : found<SessionWindow>() != nullptr);
}

void TestFileKeys::exports_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("beginning");
    QTest::newRow("the log as text") << u"log.txt"_s << QByteArray("[1] Send: ");
    QTest::newRow("CSV") << u"log.csv"_s << QByteArray("time,");
    QTest::newRow("the ladder") << u"ladder.svg"_s << QByteArray("<?xml");
}

void TestFileKeys::exports()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, beginning);
    connectAndSend(*m_server, *m_client);
    choose(Qt::ALT | Qt::Key_S, {Qt::Key_E}); // Session, Export…
    QFile file(m_folder.filePath(name));
    enterPath(file.fileName());
    QTRY_COMPARE(noticeText(*m_client), u"Exported to %1."_s.arg(file.fileName()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY2(bytes.startsWith(beginning), bytes.left(40).constData());
}

void TestFileKeys::opensAnExample()
{
    choose(Qt::ALT | Qt::Key_S, {Qt::Key_X, Qt::Key_C}); // Open Example, The Conversation
    QTRY_VERIFY(found<CaptureWindow>());
}

void TestFileKeys::sendsAFile()
{
    QFile file(m_folder.filePath(u"message"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("abc");
    file.close();
    press(Qt::ALT | Qt::Key_G); // Message
    press(Qt::Key_Tab);
    choose(Qt::Key_Space, {Qt::Key_F}); // File…
    enterPath(file.fileName());
    QTRY_COMPARE(part<MessageEdit>(*m_client, "messageEdit")->bytes(), QByteArray("abc"));
}

void TestFileKeys::opensRules()
{
    activate(*m_server);
    choose(Qt::ALT | Qt::Key_R, {Qt::Key_P}); // Open Rules…
    enterPath(QStringLiteral(EXAMPLES "/../rules/meter.json"));
    QTRY_VERIFY(part<QAction>(*m_server, "replyMode1")->isChecked());
}

void TestFileKeys::savesSegments()
{
    press(Qt::CTRL | Qt::Key_O);
    enterPath(QStringLiteral(EXAMPLES "/conversation.pcap"));
    QTRY_VERIFY(found<CaptureWindow>());
    CaptureWindow &window = *found<CaptureWindow>();
    waitFor(window);
    press(Qt::CTRL | Qt::Key_Tab); // the next tab
    tabTo(window, "wireView");
    QTRY_VERIFY(!part<WireView>(window, "wireView")->rowRect(WireRow(1)).isEmpty());
    press(Qt::CTRL | Qt::Key_S);
    QFile file(m_folder.filePath(u"wire.txt"_s));
    enterPath(file.fileName());
    QTRY_VERIFY2(file.exists(), qPrintable(labelText(window, "wireNote")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QVERIFY2(text.contains("Flags [S]"), text.constData());
}

#include "tst_filekeys.moc"
