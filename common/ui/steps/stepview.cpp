// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepview.h"

#include "stepdelegate.h"
#include "steps/stepmodel.h"
#include "ui/tools/uitools.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleOption>

namespace {

constexpr int rowSpace = 8; ///< pixels at 96 dpi between the texts of two rows: usual fonts give rows of 22 pixels
constexpr int fewRows = 8;  ///< this many rows may all be events

/// Its titles are never bold, so it does not measure them in bold: nothing else in a new window needs that font, and
/// loading it takes a fiftieth of the time until the window is visible.
class StepHeader : public QHeaderView
{
public:
    explicit StepHeader(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setHighlightSections(false);
        setSectionsClickable(false);
    }

protected:
    QSize sectionSizeFromContents(int section) const override
    {
        QStyleOptionHeader option;
        initStyleOption(&option);
        option.section = section;
        option.text = model()->headerData(section, orientation(), Qt::DisplayRole).toString();
        return style()->sizeFromContents(QStyle::CT_HeaderSection, &option, {}, this);
    }
};

} // namespace

StepView::StepView(QWidget *parent)
    : QTableView(parent)
    , m_delegate(new StepDelegate(this))
    , m_follower(verticalScrollBar(), this)
{
    UiTools::describe(this, "stepView", tr("Steps"));
    setItemDelegate(m_delegate);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setCornerButtonEnabled(false);
    setVerticalScrollMode(ScrollPerItem);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setHorizontalHeader(new StepHeader(this));

    connect(verticalScrollBar(), &QScrollBar::rangeChanged, &m_follower, &NewestFollower::keepAtEnd);
    connect(&m_follower, &NewestFollower::followingChanged, this, &StepView::followingChanged);
}

void StepView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    setUpColumns();
}

void StepView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    setAccessibleDescription(text);
    viewport()->update();
}

void StepView::setUpColumns()
{
    m_delegate->setFont(font());
    const QFontMetrics &metrics = m_delegate->figuresMetrics();
    const int rowHeight = fontMetrics().height() + rowSpace * logicalDpiY() / 96;
    verticalHeader()->setMinimumSectionSize(rowHeight);
    verticalHeader()->setDefaultSectionSize(rowHeight);
    if (!model() || model()->columnCount() < StepModel::ColumnCount)
        return;
    const int space = metrics.horizontalAdvance(QStringLiteral("MM"));
    const auto widthFor = [&metrics, space](const QString &text) { return metrics.horizontalAdvance(text) + space; };
    horizontalHeader()->setMinimumSectionSize(space);
    horizontalHeader()->setSectionResizeMode(StepModel::TextColumn, QHeaderView::Stretch);
    setColumnWidth(StepModel::TimeColumn, widthFor(QStringLiteral("00:00:00.000")));
    setColumnWidth(StepModel::ConnectionColumn, widthFor(QStringLiteral("#999")));
    setColumnWidth(StepModel::BytesColumn, widthFor(QStringLiteral("1023.9 MiB")));
}

void StepView::jumpToNewest()
{
    scrollToBottom();
    m_follower.jumpToNewest();
    setFocus();
}

void StepView::keyPressEvent(QKeyEvent *event)
{
    const int last = model() ? model()->rowCount() - 1 : -1;
    const bool isPlain = event->modifiers() == Qt::NoModifier || event->modifiers() == Qt::KeypadModifier;
    if (isPlain && last >= 0 && event->key() == Qt::Key_End) {
        setCurrentIndex(model()->index(last, 0));
        jumpToNewest();
        return;
    }
    if (isPlain && last >= 0 && event->key() == Qt::Key_Home) {
        setCurrentIndex(model()->index(0, 0));
        return;
    }
    QTableView::keyPressEvent(event);
}

/// Whether the log has a step. Events alone do not fill a log.
bool StepView::hasStep() const
{
    const int rows = model() ? model()->rowCount() : 0;
    if (rows > fewRows)
        return true;
    for (int row = 0; row < rows; ++row) {
        if (!model()->index(row, 0).data(StepModel::EventRole).toBool())
            return true;
    }
    return false;
}

void StepView::paintEvent(QPaintEvent *event)
{
    QTableView::paintEvent(event);
    QPainter painter(viewport());
    if (hasFocus() && currentIndex().isValid()) {
        QStyleOptionFocusRect frame;
        frame.initFrom(this);
        const int row = currentIndex().row();
        frame.rect = QRect(0, rowViewportPosition(row), viewport()->width(), rowHeight(row));
        frame.state |= QStyle::State_KeyboardFocusChange;
        frame.backgroundColor =
            palette().color(selectionModel()->isRowSelected(row) ? QPalette::Highlight : QPalette::Base);
        style()->drawPrimitive(QStyle::PE_FrameFocusRect, &frame, &painter, this);
    }
    if (m_emptyText.isEmpty() || hasStep())
        return;
    const int rows = model() ? model()->rowCount() : 0;
    const int top = rows > 0 ? rowViewportPosition(rows - 1) + rowHeight(rows - 1) : 0;
    const QRect rest = viewport()->rect().adjusted(0, top, 0, 0);
    if (rest.height() > 6 * fontMetrics().height())
        UiTools::paintEmptyText(painter, rest, *this, m_emptyText);
}

void StepView::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        setUpColumns();
}

#include "moc_stepview.cpp"
