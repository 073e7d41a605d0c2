// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "support/endfiles.h"
#include "support/patience.h"
#include "support/registertest.h"
#include "support/windowtools.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/stream/streampane.h"
#include "ui/stream/streamview.h"
#include "ui/windows/capturewindow.h"

#include <QAccessible>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QScrollBar>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace WindowTools;

/// The Stream tab of a capture's window, with mouse and keyboard.
class TestStreamPane : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void followsTheStream();
    void twoCaptures();
    void rowsAreAccessible();
    void asHex();
    void changesWhileHidden();
    void oneDirection();
    void finds();
    void findsNothing();
    void wrongSearch();
    void copies();
    void selectsTheSegment();
    void saves();

private:
    StreamPane &pane() { return *m_window->findChild<StreamPane *>(); }
    QStringList rows();
    QString note() { return part<QLabel>(*m_window, "streamNote")->text(); }

    std::unique_ptr<CaptureWindow> m_window;
};

namespace {

const QStringList bothEnds{u"Hi, server! I'm client.\\x00"_s, u"Hi, client!\\x00"_s};

} // namespace

QStringList TestStreamPane::rows()
{
    QStringList rows;
    for (qsizetype row = 0; row < pane().reader().count(); ++row)
        rows.append(pane().view()->rowText(StreamRow(row)));
    return rows;
}

void TestStreamPane::init()
{
    m_window = std::make_unique<CaptureWindow>(QStringLiteral(EXAMPLES "/conversation.pcap"), u"a"_s);
    m_window->show();
    auto *ladder = m_window->findChild<LadderView *>();
    QTRY_VERIFY(part<QComboBox>(*m_window, "flowCombo")->count() == 1);
    ladder->findChild<QAction *>(u"followStream"_s)->trigger();
    QTRY_COMPARE(rows(), bothEnds);
}

void TestStreamPane::followsTheStream()
{
    QVERIFY(pane().isVisible());
    QVERIFY(pane().view()->hasFocus());
    QCOMPARE(note(), QString());
}

/// Each of two captures lacks what the other one has.
void TestStreamPane::twoCaptures()
{
    const EndFiles files{
        .ends = BothEnds::of(u"c> S, s> SA after=10, c> A after=10, c> PA 4, c> PA 4, s> A after=10, s> PA 3"_s),
        .streams = {"GET\nALL\n", "OK\n"}};
    const QTemporaryDir folder;
    const QString first = folder.filePath(u"client.pcap"_s);
    const QString second = folder.filePath(u"server.pcap"_s);
    std::vector<FileSegment> client = files.segmentsAt(Side::Client);
    client.erase(client.begin() + 4);
    EndFiles::write(first, client);
    std::vector<FileSegment> server = files.segmentsAt(Side::Server);
    server.erase(server.begin() + 3);
    EndFiles::write(second, server);
    m_window = std::make_unique<CaptureWindow>(CaptureWindow::Both{first, second});
    m_window->show();
    QTRY_COMPARE(part<QComboBox>(*m_window, "flowCombo")->count(), 1);
    m_window->findChild<LadderView *>()->findChild<QAction *>(u"followStream"_s)->trigger();
    QTRY_COMPARE(rows(), (QStringList{u"GET"_s, u"ALL"_s, u"OK"_s}));
    QCOMPARE(note(), QString());
    emit pane().saveRequested(folder.filePath(u"saved.bin"_s));
    QFile saved(folder.filePath(u"saved.bin"_s));
    QTRY_VERIFY(saved.exists());
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), "GET\nALL\nOK\n");
}

void TestStreamPane::rowsAreAccessible()
{
    const QAccessibleInterface *list = QAccessible::queryAccessibleInterface(pane().view());
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->childCount(), 2);
    QVERIFY(list->child(0)->text(QAccessible::Name).startsWith(u"Client: Hi, server! I'm client."_s));
    QVERIFY(list->child(1)->text(QAccessible::Name).startsWith(u"Server: Hi, client!"_s));
    QTest::keyClick(pane().view(), Qt::Key_End);
    QVERIFY(list->child(1)->state().focused);
    QVERIFY(!list->child(0)->state().selected);
    const QPoint middle = list->child(1)->rect().center();
    QCOMPARE(list->childAt(middle.x(), middle.y()), list->child(1));
}

void TestStreamPane::asHex()
{
    part<QComboBox>(*m_window, "streamForm")->setCurrentIndex(1);
    QCOMPARE(rows().size(), 3);
    QCOMPARE(rows().constFirst(), u"00000000  48 69 2c 20 73 65 72 76  65 72 21 20 49 27 6d 20  |Hi, server! I'm |"_s);
    QVERIFY(rows().at(2).startsWith(u"00000000  48 69 2c 20 63"_s)); // each end counts its own bytes
}

/// A hidden view computes no range.
void TestStreamPane::changesWhileHidden()
{
    StreamView &view = *pane().view();
    view.setFixedHeight(2 * (view.fontMetrics().height() + view.frameWidth()));
    QTRY_COMPARE(view.verticalScrollBar()->pageStep(), 2);
    QCOMPARE(view.verticalScrollBar()->maximum(), 0);
    view.hide();
    part<QComboBox>(*m_window, "streamForm")->setCurrentIndex(1); // hex
    QTRY_VERIFY(rows().size() > 2);
    view.show();
    QCOMPARE(view.verticalScrollBar()->maximum(), int(rows().size()) - 2);
}

void TestStreamPane::oneDirection()
{
    part<QComboBox>(*m_window, "streamDirection")->setCurrentIndex(2);
    QTRY_COMPARE(rows(), bothEnds.mid(1));
    QCOMPARE(pane().only(), std::optional(Side::Server));
    part<QComboBox>(*m_window, "streamDirection")->setCurrentIndex(0);
    QTRY_COMPARE(rows(), bothEnds);
}

void TestStreamPane::finds()
{
    type(*m_window, "streamSearch", u"Hi, "_s);
    QTest::keyClick(part<QWidget>(*m_window, "streamSearch"), Qt::Key_Return);
    QTRY_COMPARE(pane().view()->currentPlace(), 0);
    QTest::keyClick(part<QWidget>(*m_window, "streamSearch"), Qt::Key_Return);
    QTRY_COMPARE(pane().view()->currentPlace(), 24);
    QCOMPARE(pane().view()->currentRow(), StreamRow(1));
    type(*m_window, "streamSearch", u"hex:6c 69"_s); // "li" of "client"
    QTest::keyClick(part<QWidget>(*m_window, "streamSearch"), Qt::Key_F3, Qt::ShiftModifier);
    QTRY_COMPARE(pane().view()->currentPlace(), 17);
}

void TestStreamPane::findsNothing()
{
    type(*m_window, "streamSearch", u"nowhere"_s);
    QTest::keyClick(part<QWidget>(*m_window, "streamSearch"), Qt::Key_Return);
    QTRY_COMPARE(note(), u"Not found."_s);
}

void TestStreamPane::wrongSearch()
{
    type(*m_window, "streamSearch", u"hex:4"_s);
    QTest::keyClick(part<QWidget>(*m_window, "streamSearch"), Qt::Key_Return);
    QVERIFY2(note().contains(u"two hexadecimal digits"_s), qPrintable(note()));
}

void TestStreamPane::copies()
{
    pane().view()->setFocus();
    QTest::keyClick(pane().view(), Qt::Key_Home);
    QTest::keyClick(pane().view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keySequence(pane().view(), QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), bothEnds.join(u'\n') + u'\n');
}

/// The segment that brought the bytes is selected in the ladder, too.
void TestStreamPane::selectsTheSegment()
{
    QTest::mouseClick(pane().view()->viewport(), Qt::LeftButton, {},
                      QPoint(40, pane().view()->fontMetrics().height() * 3 / 2));
    QCOMPARE(pane().view()->currentRow(), StreamRow(1));
    QCOMPARE(m_window->findChild<SequencePane *>()->selection().segment(), pane().reader().stream().runs().at(1).row);
}

void TestStreamPane::saves()
{
    const QTemporaryDir folder;
    emit pane().saveRequested(folder.filePath(u"a.bin"_s));
    QFile file(folder.filePath(u"a.bin"_s));
    QTRY_VERIFY(file.exists());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("Hi, server! I'm client.\0Hi, client!\0", 36));
}

REGISTER_TEST(TestStreamPane)
#include "tst_streampane.moc"
