// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "client_gui/clientwindow.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/presets/presetstore.h"
#include "ui/presets/presetswindow.h"

#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTreeWidget>

using namespace WindowTools;

/// The menu and the window of the presets, in a client's window whose server is a plain socket.
class TestPresets : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void oneClickSends();
    void goesElsewhere();
    void isFramedInAnotherWay();
    void savesWhatIsTyped();
    void editsAndOrders();
    void aMistakeIsNotKept();
    void importsAndExports();
    void sendsFromTheWindow();
    void aFileIsReadWhenItIsSent();

private:
    QMenu *menu();
    QAction *entry(const QString &text);
    PresetsWindow *edit();
    static QList<Preset> stored() { return std::get<QList<Preset>>(PresetStore::load()); }

    std::unique_ptr<Sandbox> m_sandbox;
    std::unique_ptr<QTcpServer> m_server;
    std::unique_ptr<ClientWindow> m_window;
};

REGISTER_TEST(TestPresets)

void TestPresets::init()
{
    m_sandbox = std::make_unique<Sandbox>();
    m_server = std::make_unique<QTcpServer>();
    QVERIFY(m_server->listen(QHostAddress::LocalHost));
    ClientOptions options;
    options.sessionPath = m_sandbox->sessionPath(QStringLiteral("client"));
    m_window = std::make_unique<ClientWindow>(options);
    m_window->show();
}

void TestPresets::cleanup()
{
    m_window.reset();
    m_server.reset();
    m_sandbox.reset();
}

/// As it is when it opens.
QMenu *TestPresets::menu()
{
    auto *menu = part<QMenu>(*m_window, "presetMenu");
    emit menu->aboutToShow();
    return menu;
}

QAction *TestPresets::entry(const QString &text)
{
    const QList<QAction *> actions = menu()->actions();
    const auto found =
        std::find_if(actions.begin(), actions.end(), [&text](const QAction *action) { return action->text() == text; });
    return found == actions.end() ? nullptr : *found;
}

PresetsWindow *TestPresets::edit()
{
    entry(QStringLiteral("&Edit Presets…"))->trigger();
    return part<PresetsWindow>(*m_window, "presetsWindow");
}

void TestPresets::oneClickSends()
{
    QVERIFY(!entry(QStringLiteral("No presets yet"))->isEnabled());
    PresetStore::save({{.name = "A & B",
                        .message = {.text = "GET\\x41", .form = MessageForm::Escapes},
                        .framing = Framing::CrLf,
                        .host = "127.0.0.1",
                        .port = m_server->serverPort()}});
    entry(QStringLiteral("A && B"))->trigger();
    QTRY_VERIFY(m_server->hasPendingConnections());
    QTcpSocket *peer = m_server->nextPendingConnection();
    QTRY_COMPARE(peer->bytesAvailable(), 6);
    QCOMPARE(peer->readAll(), QByteArray("GETA\r\n"));
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    entry(QStringLiteral("A && B"))->trigger(); // on the open connection
    QTRY_COMPARE(peer->bytesAvailable(), 6);
}

void TestPresets::goesElsewhere()
{
    PresetStore::save({{.name = "here", .host = "127.0.0.1", .port = m_server->serverPort()},
                       {.name = "there", .message = {.text = "x"}, .host = "192.0.2.1", .port = 7}});
    entry(QStringLiteral("here"))->trigger();
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    entry(QStringLiteral("there"))->trigger();
    QCOMPARE(noticeText(*m_window),
             QStringLiteral("“there” goes to 192.0.2.1:7. Close the connection to 127.0.0.1:%1 first.")
                 .arg(m_server->serverPort()));
    QCOMPARE(messageText(*m_window, "messageEdit"), QString()); // as “here” left it
}

void TestPresets::isFramedInAnotherWay()
{
    PresetStore::save({{.name = "here", .host = "127.0.0.1", .port = m_server->serverPort()},
                       {.name = "lines", .message = {.text = "x"}, .framing = Framing::Newline}});
    entry(QStringLiteral("here"))->trigger();
    QTRY_COMPARE(part<QPushButton>(*m_window, "sendButton")->text(), QStringLiteral("Se&nd"));
    entry(QStringLiteral("lines"))->trigger();
    const auto refusal =
        QStringLiteral("“lines” is framed as “newline”, and this connection as “nul”. Close it first.");
    QCOMPARE(noticeText(*m_window), refusal);
}

void TestPresets::savesWhatIsTyped()
{
    type(*m_window, "messageEdit", QStringLiteral("typed"));
    type(*m_window, "portEdit", QStringLiteral("4321"));
    entry(QStringLiteral("&Save as Preset…"))->trigger();
    auto *dialog = part<QInputDialog>(*m_window, "presetNameDialog");
    dialog->setTextValue(QStringLiteral(" mine "));
    dialog->accept();
    const QList<Preset> expected = {
        {.name = "mine", .message = {.text = "typed"}, .framing = Framing::Nul, .host = "127.0.0.1", .port = 4321}};
    QCOMPARE(stored(), expected);
    QCOMPARE(noticeText(*m_window), QStringLiteral("“mine” is among the presets now."));
}

void TestPresets::editsAndOrders()
{
    PresetStore::save({{.name = "one"}, {.name = "two"}});
    const auto names = [] {
        QStringList words;
        for (const Preset &preset : stored())
            words.append(preset.name);
        return words.join(u' ');
    };
    PresetsWindow *window = edit();
    QVERIFY(!part<QPushButton>(*window, "moveUp")->isEnabled());
    click(*window, "moveDown");
    QCOMPARE(names(), QStringLiteral("two one"));
    QVERIFY(!part<QPushButton>(*window, "moveDown")->isEnabled());
    click(*window, "moveUp");
    QCOMPARE(names(), QStringLiteral("one two"));
    click(*window, "duplicateEntry");
    QCOMPARE(names(), QStringLiteral("one one two"));
    type(*window, "presetName", QStringLiteral("copy"));
    QCOMPARE(names(), QStringLiteral("one copy two"));
    click(*window, "removeEntry");
    QCOMPARE(names(), QStringLiteral("one two"));
    click(*window, "addEntry");
    QCOMPARE(stored().size(), 3);
    while (!stored().isEmpty())
        click(*window, "removeEntry");
    QVERIFY(!part<QWidget>(*window, "presetName")->isEnabled());
    QVERIFY(!part<QPushButton>(*window, "sendPreset")->isEnabled());
}

/// It is told, and the preset stays as it was before the mistake.
void TestPresets::aMistakeIsNotKept()
{
    PresetStore::save({{.name = "hex", .message = {.text = "0203", .form = MessageForm::Hex}}});
    PresetsWindow *window = edit();
    QCOMPARE(part<QLabel>(*window, "presetBytes")->text(), QStringLiteral("02 03 (2 B)"));
    type(*window, "presetMessage", QStringLiteral("020"));
    QCOMPARE(part<QLabel>(*window, "presetError")->text(), QStringLiteral("A byte has two hexadecimal digits."));
    QVERIFY(!part<QPushButton>(*window, "sendPreset")->isEnabled());
    QCOMPARE(stored().constFirst().message.text, QStringLiteral("02")); // before the last key
    type(*window, "presetMessage", QStringLiteral("02 {sum8}"));
    QCOMPARE(part<QLabel>(*window, "presetBytes")->text(), QStringLiteral("02 02 (2 B)"));
    QCOMPARE(stored().constFirst().message.text, QStringLiteral("02 {sum8}"));
}

void TestPresets::importsAndExports()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("presets.json"));
    const QList<Preset> presets = {{.name = "a", .message = {.text = "1"}}, {.name = "b"}};
    PresetStore::save(presets);
    PresetsWindow *window = edit();
    const auto *notice = part<QLabel>(*window, "entryNotice");
    window->exportFile(path);
    QTRY_COMPARE(notice->text(), QStringLiteral("Presets exported to %1.").arg(path));
    window->importFile(path);
    QTRY_COMPARE(notice->text(), QStringLiteral("Imported 2 presets from %1.").arg(path));
    QCOMPARE(stored(), presets + presets);
    QCOMPARE(part<QTreeWidget>(*window, "entryList")->topLevelItemCount(), 4);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\"presets\": [{\"name\": 1}]}");
    file.close();
    window->importFile(path);
    QTRY_COMPARE(notice->text(), QStringLiteral("%1: Preset 1: “name” is text in quotation marks.").arg(path));
    QCOMPARE(stored(), presets + presets);
    window->exportFile(folder.filePath(QStringLiteral("none/x.json")));
    QTRY_VERIFY(notice->text().contains(QStringLiteral("No such file or directory")));
}

void TestPresets::sendsFromTheWindow()
{
    PresetStore::save({{.name = "a", .message = {.text = "1"}, .host = "127.0.0.1", .port = m_server->serverPort()}});
    click(*edit(), "sendPreset");
    QTRY_VERIFY(m_server->hasPendingConnections());
    QTcpSocket *peer = m_server->nextPendingConnection();
    QTRY_COMPARE(peer->bytesAvailable(), 2);
}

void TestPresets::aFileIsReadWhenItIsSent()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("message")));
    PresetStore::save({{.name = "a",
                        .message = {.text = file.fileName(), .form = MessageForm::File},
                        .host = "127.0.0.1",
                        .port = m_server->serverPort()}});
    entry(QStringLiteral("a"))->trigger();
    QTRY_COMPARE(noticeText(*m_window),
                 QStringLiteral("Cannot read %1: No such file or directory").arg(file.fileName()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("\x01\x02");
    file.close();
    entry(QStringLiteral("a"))->trigger();
    QTRY_VERIFY(m_server->hasPendingConnections());
    QTcpSocket *peer = m_server->nextPendingConnection();
    QTRY_COMPARE(peer->bytesAvailable(), 3);
    QCOMPARE(peer->readAll(), QByteArray("\x01\x02\0", 3));
}

#include "tst_presets.moc"
