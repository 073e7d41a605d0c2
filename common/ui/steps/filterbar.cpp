// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filterbar.h"

#include "steps/stepmodel.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QActionGroup>
#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>

namespace {

constexpr qsizetype wordCharacters = 40; ///< of the field's text

/// ".*", in a frame if expressions are switched on.
QIcon expressionIcon(const QWidget &widget, bool isOn)
{
    constexpr int size = 16;
    constexpr int scale = 3;
    QPixmap pixmap(size * scale, size * scale);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(scale, scale);
    painter.setPen(QPen(widget.palette().color(QPalette::Text), 1.2));
    if (isOn)
        painter.drawRoundedRect(QRectF(1, 1, 14, 14), 2, 2);
    painter.setBrush(painter.pen().color());
    painter.drawEllipse(QPointF(4.5, 11), 1, 1);
    for (const QPointF &end : {QPointF(0, 3.2), QPointF(2.8, 1.6), QPointF(2.8, -1.6)})
        painter.drawLine(QPointF(10, 7.5) - end, QPointF(10, 7.5) + end);
    painter.end();
    return QIcon(pixmap);
}

} // namespace

FilterBar::FilterBar(StepModel &model, QWidget *parent)
    : QWidget(parent)
    , m_model(model)
    , m_field(new QLineEdit(this))
    , m_events(new QCheckBox(tr("&Events"), this))
    , m_progress(new QLabel(this))
    , m_stop(new QPushButton(tr("Stop"), this))
    , m_words(new ElidedLabel(this))
    , m_showAll(new QPushButton(tr("Show All"), this))
    , m_eventsAction(new QAction(tr("Show &Events"), this))
    , m_expressionAction(new QAction(tr("Regular E&xpressions"), this))
    , m_kinds(new QActionGroup(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(createFields());
    auto *words = new QHBoxLayout;
    words->addWidget(m_words, 1);
    words->addWidget(m_showAll);
    layout->addLayout(words);
    UiTools::describe(m_words, "filterWords", tr("What is shown"));
    m_words->setTextFormat(Qt::PlainText);
    UiTools::describe(m_showAll, "showAll", tr("Show all rows"));
    m_showAll->setToolTip(tr("Show all rows again (Ctrl+Shift+L)"));
    createActions();
    connect(m_field, &QLineEdit::textChanged, this, &FilterBar::apply);
    connect(m_events, &QCheckBox::toggled, this, [this](bool isOn) {
        if (!isOn && m_kind == StepFilter::Kind::Events)
            setKind(StepFilter::Kind::All);
        apply();
    });
    connect(&m_model, &StepModel::searchChanged, this, &FilterBar::refreshProgress);
    connect(m_stop, &QPushButton::clicked, &m_model, &StepModel::stopSearch);
    connect(m_showAll, &QPushButton::clicked, this, &FilterBar::showAll);
    refreshWords();
}

QWidget *FilterBar::createFields()
{
    UiTools::describe(m_field, "filterEdit", tr("Filter the steps"));
    m_field->setPlaceholderText(tr("Filter (Ctrl+F)"));
    UiTools::offerClearButton(m_field); // before apply() adds the other button
    UiTools::describe(m_events, "eventsSwitch", tr("Show events"));
    m_events->setChecked(true);
    m_events->setToolTip(tr("Show events, which have no number: listening, connected, FIN received… (Ctrl+Shift+V)"));
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins({});
    layout->addWidget(m_field, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_stop);
    layout->addWidget(m_events);
    m_stop->setShortcut(Qt::Key_Escape);
    m_stop->setToolTip(tr("Stop the search and keep its results (Esc)"));
    UiTools::describe(m_stop, "stopSearch", tr("Stop the search"));
    refreshProgress();
    return row;
}

void FilterBar::createActions()
{
    m_eventsAction->setCheckable(true);
    m_eventsAction->setChecked(true);
    m_eventsAction->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_V); // text fields use Ctrl+E
    connect(m_eventsAction, &QAction::toggled, m_events, &QCheckBox::setChecked);
    connect(m_events, &QCheckBox::toggled, m_eventsAction, &QAction::setChecked);

    m_expressionAction->setObjectName(QStringLiteral("useExpressions"));
    m_expressionAction->setCheckable(true);
    m_expressionAction->setShortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_X);
    m_expressionAction->setToolTip(tr("The text is a regular expression (Ctrl+Shift+X)"));
    connect(m_expressionAction, &QAction::toggled, this, [this] {
        showExpressionIcon();
        apply();
    });

    using Kind = StepFilter::Kind;
    for (const auto &[kind, text] : {std::pair(Kind::All, tr("Steps and E&vents")),
                                     {Kind::Messages, tr("&Messages")},
                                     {Kind::Sent, tr("&Sent Messages")},
                                     {Kind::Received, tr("&Received Messages")},
                                     {Kind::Events, tr("Events Onl&y")}}) {
        QAction *action = m_kinds->addAction(text);
        action->setCheckable(true);
        action->setData(int(kind));
        action->setChecked(kind == m_kind);
    }
    connect(m_kinds, &QActionGroup::triggered, this,
            [this](const QAction *action) { setKind(StepFilter::Kind(action->data().toInt())); });
}

void FilterBar::addKindsTo(QMenu *menu) const
{
    menu->addActions(m_kinds->actions());
}

void FilterBar::showOnly(int connection)
{
    m_connection = connection;
    apply();
}

void FilterBar::setKind(StepFilter::Kind kind)
{
    m_kind = kind;
    const auto actions = m_kinds->actions();
    for (QAction *action : actions)
        action->setChecked(action->data().toInt() == int(kind));
    if (kind == StepFilter::Kind::Events)
        m_events->setChecked(true);
    apply();
}

void FilterBar::setShowsEvents(bool shows)
{
    m_events->setChecked(shows);
}

bool FilterBar::showsEvents() const
{
    return m_events->isChecked();
}

void FilterBar::clear()
{
    m_note.clear();
    m_model.clear();
    refreshWords();
    emit changed();
}

void FilterBar::showAll()
{
    m_connection = 0;
    m_model.showCleared();
    m_field->clear();
    setKind(StepFilter::Kind::All);
}

void FilterBar::setNote(const QString &note)
{
    m_note = note;
    refreshWords();
}

void FilterBar::focusField()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

/// With a mistake in the expression, the last one without a mistake stays in force.
void FilterBar::apply()
{
    const QString text = m_field->text();
    if (!text.isEmpty())
        showExpressionIcon();
    m_mistake = {};
    m_note.clear();
    TextPattern pattern =
        m_expressionAction->isChecked() ? TextPattern::ofExpression(text, &m_mistake) : TextPattern::ofText(text);
    if (m_mistake.isThere())
        pattern = m_model.filter().pattern;
    m_model.setFilter({pattern, m_events->isChecked(), m_kind, m_connection});
    refreshWords();
    emit changed();
}

void FilterBar::showExpressionIcon()
{
    m_expressionAction->setIcon(expressionIcon(*this, m_expressionAction->isChecked()));
    m_expressionAction->setIconVisibleInMenu(false); // the menu has a check mark
    if (!std::exchange(m_hasIcon, true))
        m_field->addAction(m_expressionAction, QLineEdit::TrailingPosition);
}

void FilterBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_hasIcon)
        showExpressionIcon();
}

/// What is shown, as "#3", "sent", "“text”".
QStringList FilterBar::words() const
{
    QStringList words;
    if (m_connection > 0)
        words.append(QStringLiteral("#%1").arg(m_connection));
    switch (m_kind) {
    case StepFilter::Kind::Messages:
        words.append(tr("messages"));
        break;
    case StepFilter::Kind::Sent:
        words.append(tr("sent"));
        break;
    case StepFilter::Kind::Received:
        words.append(tr("received"));
        break;
    case StepFilter::Kind::Events:
        words.append(tr("events"));
        break;
    case StepFilter::Kind::All:
        break;
    }
    const TextPattern &pattern = m_model.filter().pattern;
    QString text = pattern.text();
    if (text.size() > wordCharacters)
        text = text.first(wordCharacters) + u'…';
    if (pattern.isExpression())
        words.append(tr("expression %1").arg(text));
    else if (!text.isEmpty())
        words.append(tr("“%1”").arg(text));
    return words;
}

void FilterBar::refreshWords()
{
    QStringList sentences;
    const bool hidesMore = m_connection > 0 || m_kind != StepFilter::Kind::All;
    if (m_mistake.isThere())
        sentences.append(tr("Mistake at character %1: %2.").arg(m_mistake.at + 1).arg(m_mistake.text));
    if (hidesMore || m_model.filter().pattern.isExpression())
        sentences.append(tr("Only %1", "what is shown: #3 · sent").arg(words().join(QStringLiteral(" · "))));
    if (m_model.filter().pattern.gaveUp())
        sentences.append(tr("The expression is too complex for some rows."));
    if (const qsizetype rows = m_model.clearedRows(); rows > 0)
        sentences.append(rows == 1 ? tr("1 earlier row is hidden.")
                                   : tr("%1 earlier rows are hidden.").arg(QLocale().toString(rows)));
    if (!m_note.isEmpty())
        sentences.append(m_note);
    m_words->setText(sentences.join(QStringLiteral("  ")));
    m_words->setVisible(!sentences.isEmpty());
    m_showAll->setVisible(hidesMore || m_model.clearedRows() > 0);
    m_field->setAccessibleDescription(m_words->text());
}

void FilterBar::refreshProgress()
{
    const auto percent = m_model.searchedPercent();
    m_progress->setVisible(percent.has_value());
    m_stop->setVisible(percent.has_value());
    if (percent)
        m_progress->setText(tr("%1 % searched").arg(*percent));
    else if (m_model.filter().pattern.gaveUp())
        refreshWords();
}

#include "moc_filterbar.cpp"
