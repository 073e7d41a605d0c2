// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "ladder/wirelines.h"
#include "picture/colors.h"
#include "support/amounts.h"
#include "support/laddercases.h"
#include "support/painted.h"
#include "support/registertest.h"
#include "ui/ladder/ladderview.h"
#include "ui/ladder/sequencepane.h"
#include "ui/status/statusline.h"
#include "ui/wire/capturecontrol.h"
#include "ui/wire/capturepanel.h"
#include "ui/wire/wirepane.h"
#include "ui/wire/wireview.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace Qt::Literals::StringLiterals;

/// The Wire tab with mouse and keyboard.
class TestWireView : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void empty();
    void wraps();
    void nothingIsCutOff();
    void copiesUnwrapped();
    void copiesWhatIsFolded();
    void copiesUpToALimit();
    void keys();
    void keysExtend();
    void mouse();
    void drags();
    void foldOpens();
    void followsUntilScrolledUp();
    void beginsWithTheFirstLine();
    void bringsOutFlags_data();
    void bringsOutFlags();
    void staysWhereOneReads();
    void stepFromElsewhere();
    void segmentFromElsewhere();
    void stepInAFold();
    void anotherConnection();
    void selectionIsRanges_data();
    void selectionIsRanges();
    void savesThePage();
    void relative();
    void oneSwitchForTheLadderToo();
    void remembers();
    void panelInPlaceOfTheView();
    void millionRows();

private:
    WireLines &lines() { return m_pane->lines(); }
    WireView &view() { return *m_pane->view(); }
    void use(const QString &script);
    QPoint middleOf(qsizetype row) { return view().rowRect(WireRow(row)).center(); }
    QString selectedText();

    std::unique_ptr<LadderCase> m_case;
    std::unique_ptr<WirePane> m_pane;
};

namespace {

QString manySegments(int count)
{
    return u"c> S, s> SA, c> A"_s + u", c> PA 10, s> A"_s.repeated(count / 2);
}

/// Counts pixels, where no ink is half-transparent.
int inkOf(const QString &inked, const QFont &font)
{
    QImage image(1000, 100, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(QPoint(10, 50), inked);
    int ink = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            ink += image.pixel(x, y) == QColor(Qt::black).rgb() ? 1 : 0;
    }
    return ink;
}

} // namespace

void TestWireView::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
}

void TestWireView::init()
{
    m_pane.reset();
    m_case = std::make_unique<LadderCase>();
    m_pane = std::make_unique<WirePane>(m_case->recording);
    m_pane->resize(700, 700);
    m_pane->show();
    m_pane->activateWindow(); // shortcuts go to the active window
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    view().setFocus();
    QGuiApplication::clipboard()->clear();
}

void TestWireView::use(const QString &script)
{
    m_case->recording.addSegments(SegmentScript().segments(script));
    m_case->addSteps(Side::Client, SegmentScript::firstUs);
    lines().showFlow(0);
}

QString TestWireView::selectedText()
{
    QTest::keySequence(&view(), QKeySequence::Copy);
    return QGuiApplication::clipboard()->text();
}

void TestWireView::empty()
{
    const QRect text = Painted::rect(Painted::image(*view().viewport()));
    QVERIFY(text.contains(view().viewport()->rect().center())); // what the tab is for
    for (const auto key : {Qt::Key_Down, Qt::Key_Up, Qt::Key_End, Qt::Key_Return})
        QTest::keyClick(&view(), key);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, {100, 100});
    view().setSelectedStep(StepRow(3));
    view().setSelectedSegment(FlowRow(2));
    view().selectAll();
    QCOMPARE(view().currentLine(), WireLine());
    QCOMPARE(selectedText(), QString());
}

void TestWireView::wraps()
{
    use(conversation);
    m_pane->resize(1600, 700);
    const int oneLine = view().rowRect(WireRow(1)).height();
    QCOMPARE(view().rowRect(WireRow(4)).height(), oneLine + oneLine / 2); // a heading has air above it
    m_pane->resize(500, 900);
    QVERIFY(view().rowRect(WireRow(1)).height() >= 2 * oneLine);
    QCOMPARE(view().rowRect(WireRow(1)).height() % oneLine, 0);
    QCOMPARE(view().rowRect(WireRow(0)).height(), oneLine);
    QCOMPARE(view().rowRect(WireRow(2)).top(), view().rowRect(WireRow(1)).bottom() + 1);
}

/// However wide the view is, and wherever a line breaks, the last column is free.
void TestWireView::nothingIsCutOff()
{
    use(conversation);
    for (int width = 400; width < 800; width += 7) {
        m_pane->resize(width, 1200);
        const QImage image = view().viewport()->grab().toImage();
        const QColor background = view().palette().color(QPalette::Base);
        for (int y = 0; y < image.height(); ++y) {
            if (image.pixelColor(image.width() - 1, y) != background)
                QFAIL(qPrintable(u"%1 pixels wide, at %2"_s.arg(width).arg(y)));
        }
    }
}

void TestWireView::copiesUnwrapped()
{
    use(conversation);
    m_pane->resize(400, 700);
    QTest::keySequence(&view(), QKeySequence::SelectAll);
    QString expected;
    for (qsizetype line = 0; line < lines().lineCount(); ++line)
        expected += lines().textOfLine(WireLine(line)) + u'\n';
    QCOMPARE(expected.count(u'\n'), 14);
    QCOMPARE(selectedText(), expected);
    QTest::keyClick(&view(), Qt::Key_Home);
    QCOMPARE(selectedText(), u"# The TCP three-way handshake\n"_s);
}

void TestWireView::copiesWhatIsFolded()
{
    use(manySegments(200));
    QVERIFY(lines().count() < 50);
    QTest::keySequence(&view(), QKeySequence::SelectAll);
    const QString text = selectedText();
    QCOMPARE(text.count(u'\n'), lines().lineCount());
    QVERIFY(!text.contains(u'…'));
}

void TestWireView::copiesUpToALimit()
{
    use(manySegments(int(WireView::copyLimit)));
    QSignalSpy noted(&view(), &WireView::noted);
    view().selectAll();
    QCOMPARE(selectedText().count(u'\n'), WireView::copyLimit);
    QCOMPARE(noted.size(), 1);
    QVERIFY(m_pane->findChild<QLabel *>(u"wireNote"_s)->text().contains(QLocale().toString(WireView::copyLimit + 5)));
}

void TestWireView::keys()
{
    use(conversation);
    m_pane->resize(700, 250);
    QSignalSpy segments(&view(), &WireView::segmentSelected);
    QTest::keyClick(&view(), Qt::Key_Home);
    QCOMPARE(view().currentLine(), WireLine(0));
    QCOMPARE(segments.size(), 0); // a heading
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().currentLine(), WireLine(0));
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(view().currentLine(), WireLine(1));
    QCOMPARE(segments.takeLast().at(0).value<FlowRow>(), FlowRow(0));
    QVERIFY(!view().isFollowing());
    QTest::keyClick(&view(), Qt::Key_PageDown);
    QVERIFY(view().currentLine() > WireLine(2));
    QTest::keyClick(&view(), Qt::Key_End);
    QCOMPARE(view().currentLine(), WireLine(13));
    QCOMPARE(segments.takeLast().at(0).value<FlowRow>(), FlowRow(10));
    QVERIFY(view().isFollowing());
    QVERIFY(view().rowRect(WireRow(13)).isValid());
    QTest::keyClick(&view(), Qt::Key_PageUp);
    QVERIFY(view().currentLine() < WireLine(12));
}

void TestWireView::keysExtend()
{
    use(conversation);
    QTest::keyClick(&view(), Qt::Key_Home);
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(selectedText(), lines().textOfLine(WireLine(1)) + u'\n' + lines().textOfLine(WireLine(2)) + u'\n' +
                                 lines().textOfLine(WireLine(3)) + u'\n');
    QTest::keyClick(&view(), Qt::Key_Home, Qt::ShiftModifier);
    QCOMPARE(selectedText(), lines().textOfLine(WireLine(0)) + u'\n' + lines().textOfLine(WireLine(1)) + u'\n');
}

void TestWireView::mouse()
{
    use(conversation);
    m_pane->resize(1200, 700);
    QSignalSpy segments(&view(), &WireView::segmentSelected);
    QWidget *target = view().viewport();
    QTest::mouseClick(target, Qt::LeftButton, {}, middleOf(2));
    QCOMPARE(view().currentLine(), WireLine(2));
    QCOMPARE(segments.last().at(0).value<FlowRow>(), FlowRow(1));
    QTest::mouseClick(target, Qt::LeftButton, Qt::ControlModifier, middleOf(5));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{2, 2}, {5, 5}}));
    QTest::mouseClick(target, Qt::LeftButton, Qt::ControlModifier, middleOf(2));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{5, 5}}));
    QTest::mouseClick(target, Qt::LeftButton, {}, middleOf(8));
    QTest::mouseClick(target, Qt::LeftButton, Qt::ShiftModifier, middleOf(6));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{6, 8}}));
    QTest::mouseClick(target, Qt::RightButton, {}, middleOf(7));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{6, 8}}));
    QTest::mouseClick(target, Qt::RightButton, {}, middleOf(10));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{10, 10}}));
}

void TestWireView::drags()
{
    use(conversation);
    m_pane->resize(1200, 700);
    const auto moveTo = [this](const QPoint &position) {
        QMouseEvent move(QEvent::MouseMove, position, view().viewport()->mapToGlobal(position), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(view().viewport(), &move);
    };
    QTest::mousePress(view().viewport(), Qt::LeftButton, {}, middleOf(2));
    moveTo(middleOf(4));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{2, 4}}));
    moveTo(middleOf(1));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{1, 2}}));
    QTest::mouseRelease(view().viewport(), Qt::LeftButton, {}, middleOf(1));
}

void TestWireView::foldOpens()
{
    use(manySegments(200));
    view().verticalScrollBar()->setValue(0);
    m_pane->resize(1200, 900);
    const qsizetype folded = lines().count();
    QCOMPARE(lines().rowAt(WireRow(15)).kind, WireLines::Kind::Fold);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, middleOf(15));
    QCOMPARE(lines().count(), lines().lineCount());
    view().foldAction()->setChecked(false);
    view().foldAction()->setChecked(true);
    QCOMPARE(lines().count(), folded);
    QTest::mouseClick(view().viewport(), Qt::LeftButton, {}, middleOf(14));
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Return);
    QCOMPARE(lines().count(), lines().lineCount());
    QCOMPARE(view().currentLine(), WireLine(15));
}

void TestWireView::followsUntilScrolledUp()
{
    m_pane->resize(700, 250);
    const auto segments = SegmentScript().segments(conversation);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 8});
    lines().showFlow(0);
    QVERIFY(view().isFollowing());
    QVERIFY(view().verticalScrollBar()->maximum() > 0);
    QSignalSpy following(&view(), &WireView::followingChanged);
    m_case->recording.addSegments({segments[8]});
    QVERIFY(view().rowRect(WireRow(lines().count() - 1)).isValid());
    QCOMPARE(following.size(), 0);
    view().verticalScrollBar()->setValue(1);
    QVERIFY(!view().isFollowing());
    m_case->recording.addSegments({segments[9]});
    QCOMPARE(view().verticalScrollBar()->value(), 1);
    view().jumpToNewest();
    m_case->recording.addSegments({segments[10]});
    QVERIFY(view().rowRect(WireRow(lines().count() - 1)).isValid());
    QCOMPARE(following.size(), 2);
}

/// Reading a file starts at its beginning. If the user scrolls to the end, the view follows new lines.
void TestWireView::beginsWithTheFirstLine()
{
    m_pane->resize(700, 250);
    m_pane->setFollowsNewest(false);
    const auto segments = SegmentScript().segments(conversation);
    m_case->recording.addSegments({segments.begin(), segments.begin() + 1});
    lines().showFlow(0);
    m_case->recording.addSegments({segments.begin() + 1, segments.begin() + 9});
    QVERIFY(view().verticalScrollBar()->maximum() > 0);
    QCOMPARE(view().verticalScrollBar()->value(), 0);
    QVERIFY(!view().isFollowing());
    QTest::keyClick(&view(), Qt::Key_End);
    QVERIFY(view().isFollowing());
    m_case->recording.addSegments({segments.begin() + 9, segments.end()});
    QVERIFY(view().rowRect(WireRow(lines().count() - 1)).isValid());
    lines().showFlow(0);
    QCOMPARE(view().verticalScrollBar()->value(), 0);
}

void TestWireView::bringsOutFlags_data()
{
    QTest::addColumn<QPalette>("palette");
    QPalette dark(QColor(45, 45, 48));
    dark.setColor(QPalette::Base, QColor(30, 30, 32));
    QTest::newRow("light") << QPalette(Qt::white);
    QTest::newRow("dark") << dark;
}

/// Flags have their own colour and are bold; window and options are quieter. A selected line has a single colour.
void TestWireView::bringsOutFlags()
{
    QFETCH(const QPalette, palette);
    m_pane->setPalette(palette);
    use(conversation);
    m_pane->resize(1600, 700);
    QFont font = view().font();
    font.setStyleStrategy(QFont::NoAntialias); // so that ink has its own colour
    view().setFont(font);
    const auto inks = [this](qsizetype row) {
        const QImage image = view().viewport()->grab(view().rowRect(WireRow(row))).toImage();
        QMap<QRgb, int> pixels;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                ++pixels[image.pixel(x, y)];
        }
        return pixels;
    };
    const Colors &colors = Colors::of(palette);
    const auto heading = inks(0);
    const auto segment = inks(1);
    QVERIFY(segment.contains(colors.accent.rgb()) && segment.contains(colors.quietText.rgb()));
    QVERIFY(segment.contains(palette.color(QPalette::Text).rgb()));
    QVERIFY(!heading.contains(colors.accent.rgb()) && !heading.contains(colors.quietText.rgb()));
    QVERIFY(segment[colors.accent.rgb()] > 1.1 * inkOf(u"Flags [S]"_s, font)); // bold has more ink
    view().setSelectedSegment(FlowRow(0));
    const auto selected = inks(1);
    QVERIFY(!selected.contains(colors.accent.rgb()) && !selected.contains(colors.quietText.rgb()));
}

/// A line at the top stays there when the lines above it fold, and when the width changes.
void TestWireView::staysWhereOneReads()
{
    m_pane->resize(700, 250);
    use(manySegments(200));
    view().foldAction()->setChecked(false);
    const qsizetype line = lines().lineCount() - 20;
    view().verticalScrollBar()->setValue(int(line));
    QVERIFY(!view().isFollowing());
    m_pane->resize(500, 200);
    QCOMPARE(view().verticalScrollBar()->value(), line);
    view().foldAction()->setChecked(true);
    QCOMPARE(view().verticalScrollBar()->value(), lines().rowOfLine(WireLine(line)).value());
}

void TestWireView::stepFromElsewhere()
{
    use(conversation);
    QSignalSpy segments(&view(), &WireView::segmentSelected);
    view().setSelectedStep(StepRow(1)); // [1] Send
    QCOMPARE(view().currentLine(), WireLine(5));
    QVERIFY(view().rowRect(WireRow(5)).isValid());
    const QImage marked = view().grab().toImage();
    view().setSelectedStep({});
    QCOMPARE(view().currentLine(), WireLine(5));
    QVERIFY(view().grab().toImage() != marked);
    view().setSelectedSegment(FlowRow(4)); // the acknowledgement of [1]: it stays the current one
    view().setSelectedStep(StepRow(1));
    QCOMPARE(view().currentLine(), WireLine(6));
    QCOMPARE(segments.size(), 0);
}

void TestWireView::segmentFromElsewhere()
{
    use(conversation);
    QSignalSpy segments(&view(), &WireView::segmentSelected);
    view().setSelectedSegment(FlowRow(2));
    QCOMPARE(view().selection().ranges(), (std::vector<LineSelection::Range>{{3, 3}}));
    QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
    QTest::keyClick(&view(), Qt::Key_Down, Qt::ShiftModifier);
    const auto selected = view().selection().ranges();
    view().setSelectedSegment(segments.last().at(0).value<FlowRow>()); // as an answer to its own signal
    QCOMPARE(view().selection().ranges(), selected);
    view().setSelectedSegment(FlowRow(1000));
    QCOMPARE(view().selection().ranges(), selected);
}

void TestWireView::stepInAFold()
{
    use(manySegments(200));
    view().setSelectedSegment(FlowRow(100));
    QCOMPARE(lines().count(), lines().lineCount());
    QVERIFY(view().rowRect(lines().rowOfLine(view().currentLine())).isValid());
    QCOMPARE(lines().segmentOfLine(view().currentLine()), FlowRow(100));
}

void TestWireView::anotherConnection()
{
    const QImage empty = Painted::image(*view().viewport());
    use(conversation);
    view().setSelectedStep(StepRow(1));
    QVERIFY(Painted::image(*view().viewport()) != empty);
    lines().showFlow(-1);
    QCOMPARE(view().currentLine(), WireLine());
    QVERIFY(view().selection().isEmpty());
    QCOMPARE(Painted::image(*view().viewport()), empty);
}

void TestWireView::selectionIsRanges_data()
{
    using Range = LineSelection::Range;
    using Ranges = std::vector<Range>;
    QTest::addColumn<Ranges>("added");
    QTest::addColumn<Ranges>("removed");
    QTest::addColumn<Ranges>("left");
    QTest::newRow("apart") << Ranges{{5, 6}, {1, 2}} << Ranges() << Ranges{{1, 2}, {5, 6}};
    QTest::newRow("side by side") << Ranges{{5, 6}, {1, 4}} << Ranges() << Ranges{{1, 6}};
    QTest::newRow("one within another") << Ranges{{1, 9}, {3, 4}} << Ranges() << Ranges{{1, 9}};
    QTest::newRow("over several") << Ranges{{1, 2}, {5, 6}, {9, 9}, {2, 7}} << Ranges() << Ranges{{1, 7}, {9, 9}};
    QTest::newRow("a hole") << Ranges{{1, 9}} << Ranges{{3, 4}} << Ranges{{1, 2}, {5, 9}};
    QTest::newRow("both ends off") << Ranges{{1, 3}, {7, 9}} << Ranges{{3, 7}} << Ranges{{1, 2}, {8, 9}};
    QTest::newRow("all off") << Ranges{{3, 5}} << Ranges{{1, 9}} << Ranges();
    QTest::newRow("beside") << Ranges{{3, 5}} << Ranges{{6, 9}, {1, 2}} << Ranges{{3, 5}};
}

void TestWireView::selectionIsRanges()
{
    using Ranges = std::vector<LineSelection::Range>;
    QFETCH(const Ranges, added);
    QFETCH(const Ranges, removed);
    QFETCH(const Ranges, left);
    LineSelection selection;
    for (const LineSelection::Range &range : added)
        selection.add(range);
    for (const LineSelection::Range &range : removed)
        selection.remove(range);
    QCOMPARE(selection.ranges(), left);
    for (const LineSelection::Range &range : left) {
        QVERIFY(selection.contains(range));
        QVERIFY(!selection.contains({range.first, range.last + 1}));
        QVERIFY(selection.touches({range.last, range.last + 1}));
    }
}

void TestWireView::savesThePage()
{
    use(manySegments(100));
    QTemporaryDir folder;
    QFile file(folder.filePath("wire.txt"));
    QVERIFY(m_pane->save(file.fileName()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString expected;
    for (qsizetype line = 0; line < lines().lineCount(); ++line)
        expected += lines().textOfLine(WireLine(line)) + u'\n';
    QCOMPARE(QString::fromLatin1(file.readAll()), expected);
    QVERIFY(!m_pane->save(folder.filePath("no such folder/wire.txt")));
    QVERIFY(m_pane->findChild<QLabel *>(u"wireNote"_s)->text().startsWith(u"Cannot write "_s));
}

void TestWireView::relative()
{
    use(conversation);
    view().setSelectedSegment(FlowRow(3));
    QVERIFY(selectedText().contains(u"seq 1001:1025"_s));
    QTest::mouseClick(m_pane->findChild<QCheckBox *>(u"relativeNumbers"_s), Qt::LeftButton, {}, {5, 5});
    view().setFocus();
    QVERIFY(selectedText().contains(u"seq 1:25"_s));
}

/// Either switch may be used, and the choice is stored once.
void TestWireView::oneSwitchForTheLadderToo()
{
    SequencePane sequence(m_case->recording);
    m_pane->selectWith(sequence);
    use(conversation);
    sequence.model().showFlow(0);
    const auto agree = [&](bool relative) {
        return lines().isRelative() == relative && sequence.model().isAbsolute() != relative &&
               sequence.relativeAction()->isChecked() == relative;
    };
    QVERIFY(agree(false)); // the lines of tcpdump -S -n
    auto *box = m_pane->findChild<QCheckBox *>(u"relativeNumbers"_s);
    box->setChecked(true);
    QVERIFY(agree(true));
    sequence.relativeAction()->setChecked(false);
    QVERIFY(agree(false) && !box->isChecked());

    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings"), QSettings::IniFormat);
    sequence.relativeAction()->setChecked(true);
    auto *legend = sequence.findChild<QAction *>(u"legendAction"_s);
    QVERIFY(legend->isChecked() && sequence.view()->isLegendShown());
    legend->setChecked(false);
    sequence.save(settings);
    m_pane->save(settings);
    WirePane otherWire(m_case->recording);
    SequencePane other(m_case->recording);
    otherWire.selectWith(other);
    other.restore(settings);
    otherWire.restore(settings);
    QVERIFY(otherWire.lines().isRelative() && !other.model().isAbsolute() && !other.view()->isLegendShown());
    QCOMPARE(settings.allKeys().filter(u"elative"_s).size(), 1);
}

void TestWireView::remembers()
{
    QTemporaryDir folder;
    QSettings settings(folder.filePath("settings"), QSettings::IniFormat);
    lines().setFolding(true);
    view().foldAction()->setChecked(false);
    m_pane->save(settings);
    WirePane other(m_case->recording);
    QVERIFY(other.lines().isFolding());
    other.restore(settings);
    QVERIFY(!other.lines().isFolding());
}

/// If nothing can be captured, the tab says why, until there is something to show.
void TestWireView::panelInPlaceOfTheView()
{
    StatusLine notices;
    CaptureControl control(Side::Client, {}, m_case->recording.flows(), notices, m_pane.get());
    m_pane->serve(control);
    QVERIFY(!m_pane->findChild<CapturePanel *>() && view().isVisible());
    QSignalSpy failed(&control, &ConversationCapture::failed);
    control.follow(u"/no such folder/capture"_s);
    QTRY_COMPARE(failed.size(), 1);
    QVERIFY(!m_pane->findChild<CapturePanel *>() && view().isVisible()); // a file needs no right to capture
    emit control.failed({.isForbidden = true, .reason = u"A right is missing."_s});
    const auto *panel = m_pane->findChild<CapturePanel *>();
    QVERIFY(panel && panel->isVisible() && !view().isVisible());
    use(conversation); // there are segments to show
    QVERIFY(view().isVisible());
    m_pane->showHowToCapture();
    QVERIFY(panel->isVisible());
    m_pane->hide();
    m_pane->show();
    QVERIFY(view().isVisible());
    lines().showFlow(-1);
    QVERIFY(panel->isVisible());
    QSignalSpy began(&control, &ConversationCapture::began);
    control.follow(QStringLiteral(EXAMPLES "/reset.pcap"));
    QTRY_COMPARE(began.size(), 1);
    QVERIFY(view().isVisible());
}

/// Very many rows, all of them visible: the user can go anywhere.
void TestWireView::millionRows()
{
    SegmentScript script;
    std::vector<Segment> segments = script.segments(manySegments(2));
    const Segment data = segments[3];
    for (int i = 0; i < manyRows; ++i) {
        segments.push_back(data);
        segments.back().sequence += quint32(i + 1) * 10;
    }
    m_case->recording.addSegments(segments);
    lines().showFlow(0);
    QCOMPARE(lines().count(), 4 + 22);
    view().foldAction()->setChecked(false);
    QCOMPARE(lines().count(), lines().lineCount());
    for (int value = 0; value < view().verticalScrollBar()->maximum(); value += manyRows / 20 + 21) {
        view().verticalScrollBar()->setValue(value);
        const QImage image = Painted::image(*view().viewport());
        QVERIFY(Painted::rect(image).height() > image.height() * 3 / 4);
    }
    view().selectAll();
    QCOMPARE(view().selection().count(), lines().lineCount());
    QTest::keyClick(&view(), Qt::Key_End);
    QCOMPARE(view().currentLine(), WireLine(lines().lineCount() - 1));
    QTest::keyClick(&view(), Qt::Key_Home);
    QCOMPARE(view().verticalScrollBar()->value(), 0);
}

REGISTER_TEST(TestWireView)
#include "tst_wireview.moc"
