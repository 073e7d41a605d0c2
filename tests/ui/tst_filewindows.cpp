// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/captureinput.h"
#include "export/exportkind.h"
#include "ladder/laddermodel.h"
#include "ladder/ladderrows.h"
#include "steps/sessionfolder.h"
#include "steps/stepjson.h"
#include "support/pcapng.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/windowtools.h"
#include "ui/forms/examplecaptures.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/windows/capturewindow.h"
#include "ui/windows/opendialog.h"
#include "ui/windows/openingwindow.h"
#include "ui/windows/sessionwindow.h"
#include "ui/windows/windowopener.h"
#include "ui/wire/capturecontrol.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryFile>
#include <QTreeView>
#include <QtEndian>

#include <sys/stat.h>

using namespace WindowTools;

/// Windows that show files, and the Session menu that opens and exports them.
class TestFileWindows : public QObject
{
    Q_OBJECT

private slots:
    void cleanup();

    void opensWhatTheContentSays();
    void opensNothingElse_data();
    void opensNothingElse();
    void followsNothingElse();
    void suffixOfAFilter();
    void opensFromTheCommandLine();
    void opensAFifoFromTheCommandLine();
    void showsACapture();
    void showsBothEnds();
    void showsNoBothEnds();
    void choosesAConnection();
    void followsACapture();
    void beginsAtItsBeginning_data();
    void beginsAtItsBeginning();
    void saysWhereACaptureBreaks();
    void saysWhatIsLeftOut();
    void saysWhatWasDropped();
    void saysWhyACaptureCannotBeRead();
    void marksTunnels();
    void examples_data();
    void examples();
    void exportsWhatIsShown_data();
    void exportsWhatIsShown();
    void tellsOfAnExportThatTakesAWhile();
    void openDialog();
    void filters();
    void mnemonics();

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

namespace {

QString example(const char *name)
{
    return QStringLiteral(EXAMPLES "/%1.pcap").arg(QLatin1StringView(name));
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void append(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::Append));
    file.write(bytes);
}

LadderModel &ladder(const QWidget &window)
{
    return window.findChild<SequencePane *>()->model();
}

QStringList headings(const LadderModel &model)
{
    QStringList all;
    for (qsizetype row = 0; row < model.count(); ++row)
        all += LadderRows::make(model, LadderIndex(row)).headings;
    return all;
}

template<typename T>
QList<T *> windows()
{
    QList<T *> found;
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (auto *window = qobject_cast<T *>(widget))
            found.append(window);
    }
    return found;
}

constexpr int headerBytes = 24; ///< of a pcap file

} // namespace

void TestFileWindows::cleanup()
{
    FileWindow::closeAll();
    QTRY_VERIFY(windows<FileWindow>().isEmpty());
}

void TestFileWindows::opensWhatTheContentSays()
{
    QVERIFY(QFile::copy(example("reset"), path("misnamed.jsonl")));
    Step step;
    step.kind = StepKind::Close;
    step.number = 1;
    step.connection = 1;
    append(path("misnamed.pcap"), StepJson::toLine(step) + '\n');

    const auto capture = WindowOpener::windowFor(FileLook::at(path("misnamed.jsonl")));
    QVERIFY(qobject_cast<CaptureWindow *>(capture.get()));
    QCOMPARE(capture->windowTitle(), "misnamed.jsonl · TCP Steps");
    const auto session = WindowOpener::windowFor(FileLook::at(path("misnamed.pcap")));
    QVERIFY(qobject_cast<SessionWindow *>(session.get()));
    QTRY_COMPARE(lines(*session), QStringList{"[1] Close Socket"});
}

void TestFileWindows::opensNothingElse_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("reason");

    QTest::newRow("missing") << path("missing") << "No such file or directory";
    QTest::newRow("a FIFO") << path("fifo") << "it is a FIFO (named pipe), not a file";
    QTest::newRow("a folder") << m_folder.path() << "it is a folder, not a file";
    QTest::newRow("a device") << "/dev/zero"
                              << "it is a device, not a file";
    QTest::newRow("what has no size") << "/proc/self/status"
                                      << "it is neither a session nor a capture";
}

void TestFileWindows::opensNothingElse()
{
    QFETCH(const QString, path);
    QFETCH(const QString, reason);
    if (path.startsWith("/proc") && !QFile::exists(path))
        SKIP("needs /proc");
    mkfifo(QFile::encodeName(m_folder.filePath("fifo")).constData(), 0600);
    const QString sentence = "Cannot open " + path + ": " + reason + '.';

    // If the user opens a file from a window's menu, that window reports the error, and no other window opens.
    CaptureWindow window(example("reset"), "reset");
    WindowOpener::serve(window.sessionMenu());
    window.show();
    window.findChild<SessionMenu *>()->openFile(path);
    QTRY_COMPARE(noticeText(window), sentence);
    QCOMPARE(windows<FileWindow>().size(), 1);

    // On the command line, a new window reports the error.
    OpeningWindow opening(path);
    QTRY_COMPARE(noticeText(opening), sentence);
    QVERIFY(opening.isVisible());
}

/// What the panel of the Wire tab offers if nothing can be captured.
void TestFileWindows::followsNothingElse()
{
    mkfifo(QFile::encodeName(path("fifo")).constData(), 0600);
    CaptureWindow window("no-such-interface", 8701);
    window.show();
    auto *control = window.findChild<CaptureControl *>();
    QTRY_VERIFY(control->problem());
    control->openCapture(&window);
    auto *dialog = window.findChild<QFileDialog *>();
    emit dialog->fileSelected(path("fifo"));
    QTRY_COMPARE(noticeText(window), "Cannot open " + path("fifo") + ": it is a FIFO (named pipe), not a file.");
    emit dialog->fileSelected(example("reset"));
    QTRY_VERIFY(ladder(window).recording().flows().count() == 1);
}

/// A platform's dialog may also say that no filter is chosen.
void TestFileWindows::suffixOfAFilter()
{
    CaptureWindow window(example("reset"), "reset");
    window.show();
    window.findChild<QAction *>("savePictureAction")->trigger();
    auto *dialog = window.findChild<QFileDialog *>();
    QCOMPARE(dialog->defaultSuffix(), "svg");
    const QStringList filters = dialog->nameFilters();
    for (const QString &filter : filters) {
        emit dialog->filterSelected(filter);
        QVERIFY2(filter.endsWith("(*." + dialog->defaultSuffix() + ')'), qPrintable(dialog->defaultSuffix()));
    }
    emit dialog->filterSelected({});
    QCOMPARE(dialog->defaultSuffix(), "mmd");
}

void TestFileWindows::opensFromTheCommandLine()
{
    const OpeningWindow opening(example("reset"));
    QTRY_COMPARE(windows<CaptureWindow>().size(), 1);
    const QPointer<CaptureWindow> window = windows<CaptureWindow>().constFirst();
    QVERIFY(window->isVisible() && !opening.isVisible());
    QTRY_VERIFY(ladder(*window).count() > 1);
    window->close();
    QTRY_VERIFY(!window); // no one else would delete it
}

/// The window waits for the first bytes without being blocked, and shows segments as they come.
void TestFileWindows::opensAFifoFromTheCommandLine()
{
    const QString fifo = path("named on the command line");
    QCOMPARE(mkfifo(QFile::encodeName(fifo).constData(), 0600), 0);
    CaptureInput::permitFifo(fifo);
    const OpeningWindow opening(fifo);
    QTRY_VERIFY(opening.isVisible()); // it takes a while
    QCOMPARE(opening.findChild<QLabel *>("openingText")->text(), "Opening " + fifo + "…");
    QFile capture(example("reset"));
    QVERIFY(capture.open(QIODevice::ReadOnly));
    const QByteArray bytes = capture.readAll();
    QFile writer(fifo);
    QVERIFY(writer.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    const qsizetype firstBytes = bytes.size() - 30;
    QCOMPARE(writer.write(bytes.first(firstBytes)), firstBytes);
    QTRY_COMPARE(windows<CaptureWindow>().size(), 1);
    const QPointer<CaptureWindow> window = windows<CaptureWindow>().constFirst();
    QTRY_VERIFY(ladder(*window).count() > 1);
    const qsizetype before = ladder(*window).count();
    writer.write(bytes.sliced(firstBytes));
    writer.close();
    QTRY_COMPARE(ladder(*window).count(), before + 1);
    window->close();
    QTRY_VERIFY(!window);
}

void TestFileWindows::showsACapture()
{
    CaptureWindow window(example("half-close"), "half-close.pcap");
    window.show();
    QTRY_VERIFY(ladder(window).count() > 10);
    QCOMPARE(headings(ladder(window)),
             (QStringList{"The TCP three-way handshake", "Send / Recv data", "The TCP wave, first half",
                          "Send / Recv data, one way", "The TCP wave, second half"}));
    const auto *flows = part<QComboBox>(window, "flowCombo");
    QCOMPARE(flows->count(), 1);
    static const QRegularExpression look("^#1 127\\.0\\.0\\.1:\\d+ → 127\\.0\\.0\\.1:8700$");
    QVERIFY2(look.match(flows->currentText()).hasMatch(), qPrintable(flows->currentText()));
}

/// Two captures of the same conversation, one of each end, from the command line or the menu.
void TestFileWindows::showsBothEnds()
{
    const QString client = QStringLiteral(CAPTURES "/both-ends/client.pcap");
    const QString server = QStringLiteral(CAPTURES "/both-ends/server.pcap");
    const OpeningWindow opening(client, server);
    QTRY_COMPARE(windows<CaptureWindow>().size(), 1);
    CaptureWindow *window = windows<CaptureWindow>().constFirst();
    QCOMPARE(window->windowTitle(), "client.pcap and server.pcap · TCP Steps");
    QTRY_VERIFY(ladder(*window).count() > 0);
    QVERIFY(ladder(*window).flow()->transits());
    QVERIFY(ladder(*window).legend().join(u' ').contains("this assumes equal paths"));
    QCOMPARE(part<QComboBox>(*window, "flowCombo")->count(), 1);
    window->sessionMenu().openFiles({client, server});
    QTRY_COMPARE(windows<CaptureWindow>().size(), 2);
}

void TestFileWindows::showsNoBothEnds()
{
    const QString client = QStringLiteral(CAPTURES "/both-ends/client.pcap");
    CaptureWindow window(CaptureWindow::Both{client, example("reset")});
    window.show();
    QTRY_COMPARE(noticeText(window),
                 client + " and " + example("reset") + " share no connection, so they cannot be shown together.");
    CaptureWindow other(example("reset"), "reset");
    other.show();
    other.sessionMenu().openFiles({client, client, client});
    QTRY_COMPARE(noticeText(other), "Two captures can be shown together, not 3.");
    append(path("steps.jsonl"), "{}\n");
    other.sessionMenu().openFiles({client, path("steps.jsonl")});
    QTRY_COMPARE(noticeText(other), path("steps.jsonl") + " is a session. Only two captures can be shown together.");
}

void TestFileWindows::choosesAConnection()
{
    append(path("two.pcap"), contents(example("reset")) + contents(example("half-close")).mid(headerBytes));
    CaptureWindow window(path("two.pcap"), "two");
    window.show();
    auto *flows = part<QComboBox>(window, "flowCombo");
    QTRY_COMPARE(flows->count(), 2);
    QCOMPARE(flows->currentIndex(), 0);
    QVERIFY(headings(ladder(window)).contains("The TCP reset"));
    window.resize(640, 480);
    auto *ladderBar = window.findChild<LadderView *>()->verticalScrollBar();
    ladderBar->setValue(2 * ladderBar->singleStep());
    QTest::keyClick(&window, Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(flows->currentIndex(), 1);
    QCOMPARE(ladderBar->value(), 0); // the beginning of the other ladder
    QVERIFY(headings(ladder(window)).contains("The TCP wave, first half"));
    QTest::keyClick(&window, Qt::Key_PageDown, Qt::ControlModifier);
    QCOMPARE(flows->currentIndex(), 1);
    QTest::keyClick(&window, Qt::Key_PageUp, Qt::ControlModifier);
    QVERIFY(headings(ladder(window)).contains("The TCP reset"));
}

void TestFileWindows::followsACapture()
{
    const QByteArray whole = contents(example("conversation"));
    append(path("grows.pcap"), whole.left(headerBytes));
    CaptureWindow window(path("grows.pcap"), "grows");
    window.show();
    QCOMPARE(part<QComboBox>(window, "flowCombo")->count(), 0);
    const auto first = qsizetype(16) + qFromLittleEndian<quint32>(whole.constData() + headerBytes + 8);
    append(path("grows.pcap"), whole.mid(headerBytes, first));
    QTRY_COMPARE(headings(ladder(window)), QStringList("The TCP handshake, unanswered")); // until more comes
    append(path("grows.pcap"), whole.mid(headerBytes + first));
    QTRY_VERIFY(headings(ladder(window)).contains("The TCP four-way wave"));
}

void TestFileWindows::beginsAtItsBeginning_data()
{
    QTest::addColumn<int>("tab");
    QTest::newRow("Sequence") << 0;
    QTest::newRow("Wire") << 1;
}

/// A file is complete, so reading starts at its beginning; the same holds for the examples.
void TestFileWindows::beginsAtItsBeginning()
{
    QFETCH(const int, tab);
    CaptureWindow window(example("retransmission"), "retransmission");
    window.show();
    window.findChild<QTabWidget *>()->setCurrentIndex(tab);
    window.resize(640, 480);
    QTRY_VERIFY(ladder(window).count() > 10);
    const auto *ladderBar = window.findChild<LadderView *>()->verticalScrollBar();
    const auto *wireBar = window.findChild<WireView *>()->verticalScrollBar();
    QTRY_VERIFY((tab == 0 ? ladderBar : wireBar)->maximum() > 0);
    QCOMPARE(ladderBar->value(), 0);
    QCOMPARE(wireBar->value(), 0);
    QVERIFY(!window.findChild<LadderView *>()->isFollowing() && !window.findChild<WireView *>()->isFollowing());
}

void TestFileWindows::saysWhereACaptureBreaks()
{
    QByteArray damaged = contents(example("conversation"));
    damaged.replace(headerBytes + 8, 8, QByteArray(8, '\x7f')); // the lengths of the first packet
    append(path("damaged.pcap"), damaged);
    CaptureWindow window(path("damaged.pcap"), "damaged");
    window.show();
    QTRY_VERIFY(!noticeText(window).isEmpty());
}

void TestFileWindows::saysWhatIsLeftOut()
{
    CaptureWindow window(CAPTURES "/faults/ip-fragments.pcap", "fragments");
    window.show();
    QTRY_COMPARE(noticeText(window), "1 packet is left out: 1 continues a fragmented packet.");
    QTRY_COMPARE(ladder(window).count(), 9);
}

/// The file itself says that the program that wrote it did not keep up.
void TestFileWindows::saysWhatWasDropped()
{
    const Pcapng file{false};
    constexpr quint16 rawIp = 101;
    const QByteArray segment = Packets::ip4(Packets::Tcp{}.bytes());
    append(path("dropped.pcapng"),
           file.section() + file.interface(rawIp) + file.packet(segment) + file.statistics(0, 7, 3));
    CaptureWindow window(path("dropped.pcapng"), "dropped");
    window.show();
    QTRY_COMPARE(noticeText(window), "While capturing, 3 packets were dropped.");
    QTRY_COMPARE(ladder(window).count(), 1);
}

/// The file is to blame, not a missing right to capture.
void TestFileWindows::saysWhyACaptureCannotBeRead()
{
    append(path("packed.pcap"), QByteArray::fromHex("fd377a585a000004"));
    CaptureWindow window(path("packed.pcap"), "packed");
    window.show();
    QTRY_COMPARE(noticeText(window), "The file is compressed with xz, which TCP Steps cannot read; unpack it first");
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>())
        QVERIFY2(!button->text().contains("Show How") || !button->isVisible(), qPrintable(button->text()));
}

void TestFileWindows::marksTunnels()
{
    CaptureWindow window(CAPTURES "/faults/mixed-eth-and-gre.pcap", "mixed");
    window.show();
    const auto *combo = window.findChild<QComboBox *>("flowCombo");
    QTRY_COMPARE(combo->count(), 2);
    QCOMPARE(combo->itemText(0), QString::fromUtf8("#1 10.0.0.1:40000 → 10.0.0.2:8700"));
    QCOMPARE(combo->itemText(1), QString::fromUtf8("#2 10.0.0.1:40000 → 10.0.0.2:8700 in GRE"));
}

void TestFileWindows::examples_data()
{
    QTest::addColumn<QString>("heading"); // the last

    QTest::newRow("conversation") << "The TCP four-way wave";
    QTest::newRow("three-way-wave") << "The TCP three-way wave (the second FIN carries the ACK)";
    QTest::newRow("half-close") << "The TCP wave, second half";
    QTest::newRow("simultaneous-close") << "The TCP wave, simultaneous close";
    QTest::newRow("reset") << "The TCP reset";
    QTest::newRow("refused") << "The TCP handshake, refused";
    QTest::newRow("retransmission") << "The TCP four-way wave";
    QTest::newRow("zero-window") << QString();
}

void TestFileWindows::examples()
{
    QFETCH(const QString, heading);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    QCOMPARE(ExampleCaptures::all().size(), 8U);
    CaptureWindow window(example("reset"), "reset");
    WindowOpener::serve(window.sessionMenu());
    auto *action = part<QAction>(window, QTest::currentDataTag());
    QVERIFY(!action->toolTip().isEmpty() && action->toolTip() != action->text());
    QVERIFY(QString::fromLatin1(QTest::currentDataTag()) != "three-way-wave" || action->text() == "&Three-Way Wave");
    QVERIFY(qobject_cast<QMenu *>(action->parent())->toolTipsVisible());
    action->trigger();
    QCOMPARE(windows<CaptureWindow>().size(), 2);
    QPointer<CaptureWindow> opened;
    for (CaptureWindow *other : windows<CaptureWindow>()) {
        if (other != &window)
            opened = other;
    }
    QVERIFY(opened->isVisible());
    QTRY_VERIFY(ladder(*opened).count() > 1);
    QTRY_VERIFY(heading.isEmpty() || headings(ladder(*opened)).value(headings(ladder(*opened)).size() - 1) == heading);
    const QString copy = opened->findChild<QTemporaryFile *>()->fileName();
    QCOMPARE(contents(copy), contents(QStringLiteral(EXAMPLES "/%1.pcap").arg(name)));
    opened->close();
    QTRY_VERIFY(!opened);
    QVERIFY(!QFile::exists(copy));
}

void TestFileWindows::exportsWhatIsShown_data()
{
    QTest::addColumn<QString>("suffix");
    QTest::addColumn<QByteArray>("holds");

    // The second connection was reset, the first one half-closed.
    QTest::newRow("the shown ladder, as Mermaid") << "mmd" << QByteArray("The TCP reset");
    QTest::newRow("the shown ladder, as SVG") << "svg" << QByteArray("The TCP reset");
    QTest::newRow("the shown ladder, as PNG") << "png" << QByteArray("PNG");
    QTest::newRow("all segments, as text") << "txt" << QByteArray("\n\n# The TCP three-way handshake\n");
    QTest::newRow("all packets, as pcapng") << "pcapng" << QByteArray("TCP Steps");
}

void TestFileWindows::exportsWhatIsShown()
{
    QFETCH(const QString, suffix);
    QFETCH(const QByteArray, holds);
    const QString name = path("shown-%1.pcap").arg(suffix);
    append(path("shown-" + suffix), contents(example("half-close")) + contents(example("reset")).mid(headerBytes));
    CaptureWindow window(path("shown-" + suffix), name);
    window.show();
    QTRY_COMPARE(part<QComboBox>(window, "flowCombo")->count(), 2);
    part<QComboBox>(window, "flowCombo")->setCurrentIndex(1);
    auto *menu = window.findChild<SessionMenu *>();
    QSignalSpy exported(menu, &SessionMenu::exported);
    QSignalSpy failed(menu, &SessionMenu::failed);
    const QString to = path("shown." + suffix);
    menu->exportTo(to);
    QTRY_COMPARE(exported.size() + failed.size(), 1);
    QCOMPARE(failed.size(), 0);
    QVERIFY(contents(to).contains(holds));
    QCOMPARE(noticeText(window), "Exported to " + to + ".");

    menu->exportTo(path("nowhere/x." + suffix));
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(noticeText(window).contains(path("nowhere/x." + suffix)));
}

void TestFileWindows::tellsOfAnExportThatTakesAWhile()
{
    QByteArray packets = contents(example("conversation"));
    for (int i = 0; i < 12; ++i)
        packets += packets.mid(headerBytes);
    append(path("long.pcap"), packets);
    const auto window = std::make_unique<CaptureWindow>(path("long.pcap"), "long");
    window->show();
    QTRY_VERIFY(ladder(*window).count() > 10'000);
    auto *menu = window->findChild<SessionMenu *>();
    QSignalSpy cancelled(menu, &SessionMenu::exportCancelled);
    menu->exportTo(path("long.png"));
    static const QRegularExpression look("^Exporting to long\\.png: \\d+ %$");
    QTRY_VERIFY(look.match(noticeText(*window)).hasMatch());
    QVERIFY(!QDir(m_folder.path()).entryList({"long*.png*"}).isEmpty());
    click(*window, "noticeAction0");
    QTRY_COMPARE(cancelled.size(), 1);
    QCOMPARE(noticeText(*window), "The export was cancelled: " + path("long.png") + " was not written.");
    QCOMPARE(QDir(m_folder.path()).entryList({"long*.png*"}), QStringList());
}

void TestFileWindows::filters()
{
    QCOMPARE(SessionMenu::exportFilters({.session = "a"}).size(), 6);
    QCOMPARE(SessionMenu::exportFilters({.capture = "a"}).constLast(), "Capture (*.pcapng)");
    QCOMPARE(SessionMenu::exportFilters({"a", "b"}).constLast(), "Capture with the steps as comments (*.pcapng)");
    for (const QString &filter : SessionMenu::exportFilters({"a", "b"})) {
        const QString suffix = filter.section("*.", 1).chopped(1);
        QVERIFY2(exportKindOf("a." + suffix), qPrintable(filter));
    }
}

void TestFileWindows::openDialog()
{
    const QTemporaryDir data;
    qputenv("XDG_DATA_HOME", QFile::encodeName(data.path()));
    const QString used = SessionFolder::newFile(Side::Client);
    const QString empty = SessionFolder::newFile(Side::Server);
    Step step;
    step.kind = StepKind::Close;
    step.number = 1;
    step.connection = 1;
    append(used, StepJson::toLine(step) + '\n');
    append(empty, StepJson::toLine(Step::event(Side::Server, StepKind::Listening, {})) + '\n');

    QPointer<OpenDialog> dialog = new OpenDialog(SessionFolder::path(), nullptr);
    dialog->show();
    auto *list = dialog->findChild<QTreeView *>("treeView");
    const auto name = [list](int row) { return list->model()->index(row, 0, list->rootIndex()); };
    QTRY_COMPARE(list->model()->rowCount(list->rootIndex()), 1);
    QVERIFY(list->isVisible());
    QCOMPARE(name(0).data().toString(), QFileInfo(used).fileName());
    QTRY_VERIFY(list->fontMetrics().horizontalAdvance(name(0).data().toString()) + 40 < list->columnWidth(0));
    QVERIFY2(dialog->width() <= 1024, qPrintable(QString::number(dialog->width())));
    dialog->close();
    QTRY_VERIFY(!dialog);
}

void TestFileWindows::mnemonics()
{
    CaptureWindow window(example("reset"), "reset");
    window.show();
    QCOMPARE(mnemonicClashes(window).join(u'\n'), QString());
}

REGISTER_TEST(TestFileWindows)
#include "tst_filewindows.moc"
