// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "picture/colors.h"
#include "steps/shortevent.h"
#include "support/registertest.h"
#include "support/skip.h"
#include "support/windowtools.h"
#include "ui/steps/logpane.h"
#include "ui/steps/stepview.h"
#include "ui/tools/uitools.h"
#include "ui/windows/conversationpane.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QHeaderView>
#include <QImage>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTabWidget>
#include <QTextBlock>
#include <QTextEdit>
#include <QTextLayout>

#include <algorithm>

using namespace WindowTools;

/// What the log and its details look like when they are painted.
class TestLogPane : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void colours_data();
    void colours();
    void eventsAreUpright();
    void stepsAreSemibold();
    void arrows_data();
    void arrows();
    void rowsAndFonts();
    void figuresAreOfOneWidth();
    void bytesLineUp();
    void emptyMessage();
    void elidedTextKeepsItsNote();
    void copiesWholeSentences();
    void connectionColumn();
    void connectionColumnOfAnOpenedSession();
    void jumpCoversNothing();
    void opensAtTheBeginning();
    void filterStandsInSteps();
    void emptyText_data();
    void emptyText();
    void placeholders_data();
    void placeholders();
    void rowHasTheFocusFrame();
    void detailsOfAnEvent();
    void detailsSayWhatAStepMeans();
    void detailsShowAllForms();
    void detailsFold();

private:
    void add(const Step &step);
    StepView &view() const { return *m_pane->log()->view(); }
    QImage cell(int row, int column) const;
    QColor drawnColor(int row, int column) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionFile> m_file;
    std::unique_ptr<ConversationPane> m_pane;
};

namespace {

constexpr int text = StepModel::TextColumn;

Step makeStep(StepKind kind, int number = 0, const QByteArray &payload = {})
{
    Step step;
    step.time = StepTime::now();
    step.side = Side::Client;
    step.kind = kind;
    step.number = number;
    step.connection = 1;
    step.local = QStringLiteral("127.0.0.1:51964");
    step.peer = QStringLiteral("127.0.0.1:8700");
    if (step.isMessage()) {
        step.payload = payload;
        step.size = payload.size();
        step.bytes = payload.size() + 1;
        step.offset = 0;
    }
    return step;
}

QPalette darkPalette()
{
    QPalette palette(QColor(45, 45, 48));
    palette.setColor(QPalette::Base, QColor(30, 30, 32));
    return palette;
}

/// Returns the area that is painted on a plain background.
QRect ink(const QImage &image)
{
    const QRgb ground = image.pixel(image.width() - 1, 0);
    QRect found;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != ground)
                found |= QRect(x, y, 1, 1);
        }
    }
    return found;
}

int inkedPixels(const QImage &image)
{
    const QRgb ground = image.pixel(image.width() - 1, 0);
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x)
            count += image.pixel(x, y) != ground ? 1 : 0;
    }
    return count;
}

bool isNear(const QColor &a, const QColor &b)
{
    return qAbs(a.red() - b.red()) < 24 && qAbs(a.green() - b.green()) < 24 && qAbs(a.blue() - b.blue()) < 24;
}

} // namespace

void TestLogPane::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = std::make_unique<SessionFile>();
    QVERIFY(m_file->create(m_folder->filePath(QStringLiteral("log.jsonl"))));
    m_pane = std::make_unique<ConversationPane>(*m_file);
    m_pane->resize(600, 400);
    m_pane->show();
}

void TestLogPane::cleanup()
{
    m_pane.reset();
    m_file.reset();
}

void TestLogPane::add(const Step &step)
{
    m_file->append(step);
    QTRY_COMPARE(view().model()->rowCount(), int(m_file->count()));
}

QImage TestLogPane::cell(int row, int column) const
{
    return view().viewport()->grab(view().visualRect(view().model()->index(row, column))).toImage();
}

/// Returns the strongest colour in a cell, which is that of the middle of the strokes.
QColor TestLogPane::drawnColor(int row, int column) const
{
    const QImage image = cell(row, column);
    const QColor base = view().palette().color(QPalette::Base);
    QColor strongest = base;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor color = image.pixelColor(x, y);
            if (Colors::contrast(color, base) > Colors::contrast(strongest, base))
                strongest = color;
        }
    }
    return strongest;
}

void TestLogPane::colours_data()
{
    QTest::addColumn<QPalette>("palette");
    QTest::newRow("light") << QApplication::palette();
    QTest::newRow("dark") << darkPalette();
}

/// Events and times are quiet but readable.
void TestLogPane::colours()
{
    QFETCH(const QPalette, palette);
    m_pane->setPalette(palette);
    QFont font = view().font();
    font.setPointSize(24); // strokes of several pixels
    view().setFont(font);
    m_pane->resize(1400, 400);
    add(makeStep(StepKind::Connected));
    add(makeStep(StepKind::Close, 5));
    const QColor base = palette.color(QPalette::Base);
    const QColor quiet = Colors::of(palette).quietText;
    for (const QColor &color : {drawnColor(0, text), drawnColor(0, StepModel::TimeColumn), drawnColor(1, 0)}) {
        QVERIFY2(isNear(color, quiet), qPrintable(color.name()));
        QVERIFY(Colors::contrast(color, base) >= 4.5);
    }
    QVERIFY(isNear(drawnColor(1, text), palette.color(QPalette::Text)));

    view().selectRow(0);
    view().clearFocus();
    const QImage selected = cell(0, text);
    const auto group = view().isActiveWindow() ? QPalette::Active : QPalette::Inactive;
    bool hasHighlightedText = false;
    for (int x = 0; x < selected.width(); ++x) {
        for (int y = 0; y < selected.height(); ++y)
            hasHighlightedText |= isNear(selected.pixelColor(x, y), palette.color(group, QPalette::HighlightedText));
    }
    QVERIFY(hasHighlightedText);
}

void TestLogPane::eventsAreUpright()
{
    QFont font = view().font();
    font.setPointSize(40);
    view().setFont(font);
    m_pane->resize(1800, 400);
    Step step = makeStep(StepKind::Error);
    step.detail = QStringLiteral("l");
    add(step);
    const int width = QFontMetrics(font).tightBoundingRect(step.detail).width();
    const int drawn = ink(cell(0, text)).width();
    QVERIFY2(qAbs(drawn - width) <= 2, qPrintable(QStringLiteral("%1, not %2").arg(drawn).arg(width)));
}

void TestLogPane::stepsAreSemibold()
{
    add(makeStep(StepKind::Close, 5));
    QFont font = view().font();
    const int normal = QFontMetrics(font).horizontalAdvance(QStringLiteral("[5] Close Socket"));
    font.setWeight(QFont::DemiBold);
    const int semibold = QFontMetrics(font).horizontalAdvance(QStringLiteral("[5] Close Socket"));
    if (semibold < normal + 6)
        SKIP("this font's weights are equally wide");
    const int width = ink(cell(0, text)).width();
    QVERIFY2(qAbs(width - semibold) <= 3, qPrintable(QStringLiteral("%1, not %2").arg(width).arg(semibold)));
    QCOMPARE(view().font().weight(), QFont::Normal);
}

void TestLogPane::arrows_data()
{
    QTest::addColumn<StepKind>("kind");
    QTest::addColumn<int>("direction");
    QTest::newRow("sent") << StepKind::Send << 1;
    QTest::newRow("received") << StepKind::Recv << -1;
    QTest::newRow("closed") << StepKind::Close << 0;
    QTest::newRow("an event") << StepKind::PeerFinished << 0;
}

/// An arrow's head has more ink than its tail, and the texts are aligned.
void TestLogPane::arrows()
{
    QFETCH(const StepKind, kind);
    QFETCH(const int, direction);
    add(makeStep(kind, kind == StepKind::PeerFinished ? 0 : 3, "x"));
    const int room = view().fontMetrics().height() * 3 / 2;
    const QImage image = cell(0, text).copy(0, 0, room + 2, view().rowHeight(0));
    const QRect drawn = ink(image);
    QCOMPARE(!drawn.isEmpty(), direction != 0);
    if (direction != 0) {
        QVERIFY(drawn.width() > room / 3);
        const int half = drawn.width() / 2;
        const int left = inkedPixels(image.copy(drawn.left() - 1, 0, half + 1, image.height()));
        const int right = inkedPixels(image.copy(drawn.right() - half, 0, half + 2, image.height()));
        QVERIFY2(direction > 0 ? right > left + 3 : left > right + 3,
                 qPrintable(QStringLiteral("%1 %2").arg(left).arg(right)));
    }
    const QString line = view().model()->index(0, text).data(StepModel::LineRole).toString();
    QVERIFY2(!line.contains(u'→') && !line.contains(u'←'), qPrintable(line));
}

void TestLogPane::rowsAndFonts()
{
    add(makeStep(StepKind::Close, 5));
    const int usual = view().fontMetrics().height();
    QCOMPARE(view().rowHeight(0), usual + 8);
    if (usual == 14)
        QCOMPARE(view().rowHeight(0), 22);
    QFont font = view().font();
    font.setPointSizeF(font.pointSizeF() * 2);
    view().setFont(font);
    QVERIFY(view().rowHeight(0) >= view().fontMetrics().height() + 8);
    const QRect drawn = ink(cell(0, StepModel::TimeColumn));
    QVERIFY(drawn.height() > usual); // the fonts of the columns grow too
    QVERIFY(drawn.right() < view().columnWidth(StepModel::TimeColumn) - 1);
}

void TestLogPane::figuresAreOfOneWidth()
{
    for (const QString &family : QFontDatabase::families()) {
        const QFontMetricsF metrics(UiTools::figuresFont(QFont(family, 10)));
        for (char16_t digit = u'1'; digit <= u'9'; ++digit)
            QVERIFY2(qAbs(metrics.horizontalAdvance(digit) - metrics.horizontalAdvance(u'0')) < 0.01,
                     qPrintable(family));
    }
    QCOMPARE(UiTools::figuresFont(QApplication::font()).pointSizeF(), QApplication::font().pointSizeF());
}

void TestLogPane::bytesLineUp()
{
    add(makeStep(StepKind::Send, 1, QByteArray(10, 'x')));
    add(makeStep(StepKind::Send, 3, QByteArray(199'998, 'x')));
    const QRect few = ink(cell(0, StepModel::BytesColumn));
    const QRect many = ink(cell(1, StepModel::BytesColumn));
    QCOMPARE(few.right(), many.right());
    QVERIFY(many.left() > 2); // nothing is cut off
    QVERIFY(many.width() > few.width() + 3 * view().fontMetrics().horizontalAdvance(u'1'));
}

void TestLogPane::emptyMessage()
{
    add(makeStep(StepKind::Send, 1));
    add(makeStep(StepKind::Send, 1, "(empty)"));
    QFont bold = view().font();
    bold.setWeight(QFont::DemiBold);
    const int withoutNote = QFontMetrics(bold).horizontalAdvance(QStringLiteral("[1] Send: "));
    const QRect drawn = ink(cell(0, text));
    QVERIFY(drawn.width() > withoutNote + view().fontMetrics().horizontalAdvance(QStringLiteral("(empty)")));
    QVERIFY(cell(0, text) != cell(1, text)); // no one can send a text that looks the same
    view().selectRow(0);
    part<QAction>(*m_pane, "copyRows")->trigger();
    QVERIFY2(QApplication::clipboard()->text().endsWith(QStringLiteral("\t[1] Send: \t1 B\n")),
             qPrintable(QApplication::clipboard()->text()));
}

void TestLogPane::elidedTextKeepsItsNote()
{
    Step step = makeStep(StepKind::Recv, 2, QByteArray(150, 'x'));
    add(step);
    step.unterminated = true;
    step.bytes = step.size;
    add(step);
    const int width = view().columnWidth(text);
    const int note = view().fontMetrics().horizontalAdvance(QStringLiteral("(no NUL)"));
    const auto end = [this, width, note](int row) { return cell(row, text).copy(width - note, 0, note, 22); };
    QVERIFY(ink(cell(1, text)).right() > width - note);
    QVERIFY(end(0) != end(1));
}

void TestLogPane::copiesWholeSentences()
{
    add(makeStep(StepKind::PeerFinished));
    view().selectRow(0);
    part<QAction>(*m_pane, "copyRows")->trigger();
    QVERIFY2(QApplication::clipboard()->text().endsWith(u'\t' + StepText::line(m_file->at(0)) + QStringLiteral("\t\n")),
             qPrintable(QApplication::clipboard()->text()));
}

void TestLogPane::connectionColumn()
{
    add(makeStep(StepKind::Send, 1, "one"));
    QVERIFY(view().isColumnHidden(StepModel::ConnectionColumn));
    view().selectRow(0);
    part<QAction>(*m_pane, "copyRows")->trigger();
    QCOMPARE(QApplication::clipboard()->text().count(u'\t'), 2);
    Step second = makeStep(StepKind::Send, 1, "two");
    second.connection = 2;
    add(second);
    QVERIFY(!view().isColumnHidden(StepModel::ConnectionColumn));
    QVERIFY(view().columnWidth(StepModel::ConnectionColumn) >
            view().fontMetrics().horizontalAdvance(QStringLiteral("#999")));
    part<QAction>(*m_pane, "copyRows")->trigger();
    QVERIFY(QApplication::clipboard()->text().endsWith(QStringLiteral("\t#1\t[1] Send: one\t4 B\n")));
}

void TestLogPane::connectionColumnOfAnOpenedSession()
{
    for (const int last : {1, 2, 10}) {
        m_pane.reset();
        const QString path = m_folder->filePath(QString::number(last));
        {
            SessionFile written;
            QVERIFY(written.create(path));
            written.append(makeStep(StepKind::Send, 1, "\",\"connection\":7,\""));
            Step step = makeStep(StepKind::Send, 3, "x");
            step.connection = last;
            step.time.monotonicUs = 7; // its line gets a different layout
            written.append(step);
        }
        m_file = std::make_unique<SessionFile>();
        QVERIFY(m_file->open(path));
        m_pane = std::make_unique<ConversationPane>(*m_file);
        m_pane->show();
        QTRY_COMPARE(view().model()->rowCount(), 2);
        QCOMPARE(view().isColumnHidden(StepModel::ConnectionColumn), last == 1);
    }
}

void TestLogPane::jumpCoversNothing()
{
    for (int i = 1; i < 200; i += 2)
        m_file->append(makeStep(StepKind::Send, i, "hello"));
    QTRY_COMPARE(view().model()->rowCount(), 100);
    QTRY_VERIFY(view().verticalScrollBar()->value() > 10);
    const auto *jump = part<QPushButton>(*m_pane, "jumpToNewest");
    QVERIFY(!jump->isVisible());
    view().verticalScrollBar()->setValue(10);
    QVERIFY(jump->isVisible());
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    const auto place = [this](const QWidget *widget) {
        return QRect(widget->mapTo(m_pane.get(), QPoint()), widget->size());
    };
    QVERIFY(!place(jump).intersects(place(view().viewport())));
    QCOMPARE(view().verticalScrollBar()->value(), 10); // the rows stay where they are
    // After one row up and one row down, the view is at its end again, and the button disappears.
    QTest::keyClick(&view(), Qt::Key_End);
    QTRY_VERIFY(!jump->isVisible());
    view().verticalScrollBar()->setValue(view().verticalScrollBar()->maximum() - 1);
    QTRY_VERIFY(jump->isVisible());
    view().verticalScrollBar()->setValue(view().verticalScrollBar()->maximum());
    QTRY_VERIFY(!jump->isVisible());
    QTRY_COMPARE(view().verticalScrollBar()->value(), view().verticalScrollBar()->maximum());
    QVERIFY(view().isFollowing());
}

void TestLogPane::opensAtTheBeginning()
{
    m_pane->log()->setFollowsNewest(false);
    const auto append = [this](int count) {
        for (int i = 0; i < count; ++i)
            m_file->append(makeStep(StepKind::Send, 2 * int(m_file->count()) + 1, "hello"));
        QTRY_COMPARE(view().model()->rowCount(), int(m_file->count()));
    };
    append(100);
    QScrollBar *bar = view().verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 50);
    QCOMPARE(bar->value(), 0);
    QVERIFY(!part<QPushButton>(*m_pane, "jumpToNewest")->isVisible()); // nothing is new
    bar->setValue(bar->maximum());
    append(100);
    QTRY_VERIFY(bar->maximum() > 150);
    QCOMPARE(bar->value(), bar->maximum());
}

/// The filter is above the rows, in the same place wherever the steps are, and nowhere else.
void TestLogPane::filterStandsInSteps()
{
    m_pane->addView(new QWidget, QStringLiteral("Other"), {});
    const auto *filter = part<QLineEdit>(*m_pane, "filterEdit");
    const auto *events = part<QAbstractButton>(*m_pane, "eventsSwitch");
    auto *tabs = part<QTabBar>(*m_pane, "paneTabs");
    for (const bool wide : {false, true, false}) {
        m_pane->setWide(wide);
        m_pane->resize(wide ? 1100 : 600, 400);
        for (const QWidget *widget : {static_cast<const QWidget *>(filter), static_cast<const QWidget *>(events)}) {
            QVERIFY(widget->isVisible());
            const QPoint bottom = widget->mapTo(m_pane.get(), QPoint(0, widget->height()));
            QVERIFY(bottom.y() <= view().mapTo(m_pane.get(), QPoint()).y());
        }
        if (!wide)
            QVERIFY(filter->mapTo(m_pane.get(), QPoint()).y() >= tabs->geometry().bottom());
    }
    for (int tab = 1; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        QVERIFY(!filter->isVisible() && !events->isVisible());
    }
}

void TestLogPane::emptyText_data()
{
    colours_data();
}

/// The hint is visible until a step arrives, below the first events.
void TestLogPane::emptyText()
{
    QFETCH(const QPalette, palette);
    m_pane->setPalette(palette);
    QFont font = view().font();
    font.setPointSize(24);
    view().setFont(font);
    m_pane->log()->setEmptyText(QStringLiteral("III"));
    const auto below = [this](int rows) {
        const int top = rows * view().rowHeight(0);
        return view()
            .viewport()
            ->grab(QRect(0, top, view().viewport()->width(), view().viewport()->height() - top))
            .toImage();
    };
    const auto has = [](const QImage &image, const QColor &color) {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                if (isNear(image.pixelColor(x, y), color))
                    return true;
            }
        }
        return false;
    };
    const QColor placeholder = Colors::of(palette).placeholder;
    QVERIFY(has(below(0), placeholder));
    QVERIFY(Colors::contrast(placeholder, palette.color(QPalette::Base)) >= 4.5);
    add(makeStep(StepKind::Connecting));
    QVERIFY(has(below(1), placeholder));
    add(makeStep(StepKind::Send, 1, "x"));
    QVERIFY(ink(below(2)).isEmpty());
}

void TestLogPane::placeholders_data()
{
    colours_data();
}

void TestLogPane::placeholders()
{
    QFETCH(const QPalette, palette);
    const QPalette readable = UiTools::readablePlaceholders(palette);
    const auto groups = {QPalette::Active, QPalette::Inactive, QPalette::Disabled};
    for (const auto group : groups)
        QVERIFY(Colors::contrast(readable.color(group, QPalette::PlaceholderText), palette.color(QPalette::Base)) >=
                4.5);
    // The other colours are still those of the platform.
    QVERIFY(!readable.isBrushSet(QPalette::Active, QPalette::Base));
    QVERIFY(!readable.isBrushSet(QPalette::Active, QPalette::Text));
}

/// The row, rather than one of its cells, has the focus frame.
void TestLogPane::rowHasTheFocusFrame()
{
    add(makeStep(StepKind::Close, 5));
    add(makeStep(StepKind::Close, 5));
    m_pane->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_pane.get()));
    view().setFocus();
    view().setCurrentIndex(view().model()->index(0, 0));
    view().clearSelection();
    for (const int column : {int(StepModel::TimeColumn), text, int(StepModel::BytesColumn)})
        QVERIFY(cell(0, column).copy(4, 0, 40, 2) != cell(1, column).copy(4, 0, 40, 2));
}

void TestLogPane::detailsOfAnEvent()
{
    add(makeStep(StepKind::PeerFinished));
    QCOMPARE(view().model()->index(0, text).data().toString(), QStringLiteral("FIN received"));
    view().selectRow(0);
    part<QTabBar>(*m_pane, "paneTabs")->setCurrentIndex(1);
    m_pane->resize(300, 400);
    const auto *facts = part<QTextEdit>(*m_pane, "detailsFacts");
    QVERIFY(facts->isVisible());
    const QTextBlock sentence = facts->document()->firstBlock();
    QCOMPARE(sentence.text(), StepText::line(m_file->at(0)));
    QVERIFY(!part<QPlainTextEdit>(*m_pane, "detailsHex")->isVisible());
    QVERIFY(!part<QPlainTextEdit>(*m_pane, "detailsText")->isVisible());

    const QTextLayout *layout = sentence.layout();
    QVERIFY(layout->lineCount() > 1);
    for (int i = 1; i < layout->lineCount(); ++i)
        QCOMPARE(sentence.text().at(layout->lineAt(i).textStart() - 1), QChar(u' '));
}

void TestLogPane::detailsSayWhatAStepMeans()
{
    add(makeStep(StepKind::Recv, 2, "hello"));
    view().selectRow(0);
    m_pane->setWide(true);
    m_pane->resize(1100, 500);
    const auto *facts = part<QTextEdit>(*m_pane, "detailsFacts");
    const QTextBlock heading = facts->document()->firstBlock();
    QCOMPARE(heading.text(), QStringLiteral("[2] Recv: hello"));
    QCOMPARE(heading.begin().fragment().charFormat().fontWeight(), int(QFont::DemiBold));
    QCOMPARE(heading.next().text(), StepText::meaning(m_file->at(0)));
    QVERIFY(part<QTabWidget>(*m_pane, "detailsTabs")->isVisible());

    // A strip that is too small for both shows them as tabs, and the bytes fit into its width.
    auto *tabs = part<QTabWidget>(*m_pane, "detailsTabs");
    QCOMPARE(tabs->count(), 4);
    m_pane->resize(500, 400);
    QTRY_COMPARE(tabs->count(), 5);
    QCOMPARE(tabs->currentWidget(), facts);
    tabs->setCurrentIndex(2);
    QVERIFY(part<QPlainTextEdit>(*m_pane, "detailsHex")->toPlainText().contains(QStringLiteral("68 65 6c 6c 6f")));
    // An event has no bytes; with the next message, they are back.
    add(makeStep(StepKind::PeerFinished));
    view().selectRow(1);
    QCOMPARE(tabs->currentWidget(), facts);
    QVERIFY(facts->isVisible() && !tabs->isTabEnabled(1) && !tabs->isTabEnabled(2));
    view().selectRow(0);
    QCOMPARE(tabs->currentIndex(), 2);

    m_pane->resize(1100, 500);
    QTRY_COMPARE(tabs->count(), 4);
    QVERIFY(facts->isVisible() && part<QPlainTextEdit>(*m_pane, "detailsHex")->isVisible());
}

void TestLogPane::detailsShowAllForms()
{
    add(makeStep(StepKind::Recv, 2, QByteArray("\x02h{\xff\0", 5)));
    view().selectRow(0);
    m_pane->setWide(true);
    m_pane->resize(1100, 500);
    auto *tabs = part<QTabWidget>(*m_pane, "detailsTabs");
    QStringList shown;
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        const auto *edit = qobject_cast<QPlainTextEdit *>(tabs->currentWidget());
        QVERIFY(edit);
        shown.append(edit->toPlainText().trimmed());
    }
    QCOMPARE(shown.value(0), QStringLiteral("\\x02h{\\xff\\x00"));
    QVERIFY(shown.value(1).contains(QStringLiteral("02 68 7b ff 00")));
    QCOMPARE(shown.value(2), QStringLiteral("\\x02h{{\\xff\\0"));
    QCOMPARE(shown.value(3), QStringLiteral("02 68 7b ff 00"));
    add(makeStep(StepKind::Recv, 4, "next"));
    view().selectRow(1);
    QCOMPARE(part<QPlainTextEdit>(*m_pane, "detailsHexDigits")->toPlainText(), QStringLiteral("6e 65 78 74"));
}

void TestLogPane::detailsFold()
{
    add(makeStep(StepKind::Recv, 2, "hello"));
    m_pane->setWide(true);
    m_pane->resize(1100, 500);
    auto *header = part<QAbstractButton>(*m_pane, "detailsHeader");
    QVERIFY(header->isVisible());
    const int height = view().height();
    click(*m_pane, "detailsHeader");
    QTRY_VERIFY(view().height() > height);
    QVERIFY(!part<QTextEdit>(*m_pane, "detailsFacts")->isVisible());
    click(*m_pane, "detailsHeader");
    QVERIFY(part<QTextEdit>(*m_pane, "detailsFacts")->isVisible());
}

REGISTER_TEST(TestLogPane)
#include "tst_logpane.moc"
