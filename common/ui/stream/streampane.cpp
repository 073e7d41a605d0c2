// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streampane.h"

#include "ladder/recording.h"
#include "ladder/selection.h"
#include "stream/streamsearch.h"
#include "streamview.h"
#include "ui/tools/elidedlabel.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QLocale>
#include <QToolButton>

StreamPane::StreamPane(const Recording &recording, std::function<QStringList()> paths, QWidget *parent)
    : QWidget(parent)
    , m_recording(recording)
    , m_paths(std::move(paths))
    , m_reader(this)
    , m_direction(new QComboBox(this))
    , m_form(new QComboBox(this))
    , m_search(new QLineEdit(this))
    , m_cancel(new QToolButton(this))
    , m_save(new QToolButton(this))
    , m_note(new ElidedLabel(this))
    , m_view(new StreamView(m_reader, this))
{
    UiTools::describe(m_direction, "streamDirection", tr("Direction"));
    m_direction->addItems({tr("Both directions"), tr("Client to server"), tr("Server to client")});
    UiTools::describe(m_form, "streamForm", tr("How the bytes are shown"));
    m_form->addItems({tr("Text"), tr("Hex")});
    UiTools::describe(m_search, "streamSearch", tr("Find bytes"));
    m_search->setPlaceholderText(tr("Find (Ctrl+F)"));
    m_search->setToolTip(tr("Text, or bytes such as hex:0d 0a. Enter or F3: next; Shift+F3: previous"));
    UiTools::offerClearButton(m_search);
    UiTools::describe(m_cancel, "cancelSearch", tr("Cancel the search"));
    m_cancel->setText(tr("Cancel"));
    m_cancel->hide();
    UiTools::describe(m_save, "saveStream", tr("Save the bytes"));
    m_save->setText(tr("Sa&ve…"));
    m_save->setToolTip(tr("Save the bytes that are shown to a file"));
    UiTools::describe(m_note, "streamNote", tr("Notes on the stream"));
    m_note->setTextFormat(Qt::PlainText);
    setEmptyText(tr("The bytes of the connection appear here, in the order in which they were received."));

    auto *top = new QHBoxLayout;
    top->addWidget(m_direction);
    top->addWidget(m_form);
    top->addWidget(m_search, 1);
    top->addWidget(m_cancel);
    top->addWidget(m_save);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_note);
    setFocusProxy(m_view);
    createActions();

    connect(m_direction, &QComboBox::currentIndexChanged, this, [this] { m_reader.setOnly(only()); });
    connect(m_form, &QComboBox::currentIndexChanged, this,
            [this](int index) { m_reader.setForm(index == 0 ? StreamForm::Text : StreamForm::Hex); });
    connect(&m_reader, &StreamReader::reset, this, &StreamPane::updateNote);
    connect(&m_reader, &StreamReader::changed, this, &StreamPane::updateNote);
    connect(&m_reader, &StreamReader::found, this, [this](qint64 place) {
        endSearch({});
        m_view->showMatch(place, m_searchedSize);
    });
    connect(&m_reader, &StreamReader::notFound, this, [this] { endSearch(tr("Not found.")); });
    connect(&m_reader, &StreamReader::searched, this,
            [this](int percent) { m_note->setText(tr("Searching: %1 %").arg(percent)); });
    connect(m_view, &StreamView::saveRequested, this, &StreamPane::askWhereToSave);
    connect(m_view, &StreamView::noted, m_note, &ElidedLabel::setText);
    connect(&recording, &Recording::changed, this, &StreamPane::update);
    connect(&recording, &Recording::captureBegan, this, &StreamPane::restart);
    updateNote();
}

void StreamPane::createActions()
{
    const auto add = [this](const QString &text, const QList<QKeySequence> &keys, const std::function<void()> &slot) {
        return UiTools::addAction(*this, text, keys, slot);
    };
    add(tr("Find"), {QKeySequence(QKeySequence::Find)}, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    add(tr("Find Next"), {QKeySequence(QKeySequence::FindNext)}, [this] { find(false); });
    add(tr("Find Previous"), {QKeySequence(QKeySequence::FindPrevious)}, [this] { find(true); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_cancel, &QToolButton::clicked, this, [this] {
        m_reader.cancelSearch();
        endSearch(tr("The search was cancelled."));
    });
    connect(m_save, &QToolButton::clicked, this, &StreamPane::askWhereToSave);
}

/// The log has the same keys for the whole window: while the focus is here, they belong to this pane.
bool StreamPane::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && actionOf(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void StreamPane::keyPressEvent(QKeyEvent *event)
{
    if (QAction *action = actionOf(*event))
        action->trigger();
    else
        QWidget::keyPressEvent(event);
}

QAction *StreamPane::actionOf(const QKeyEvent &event) const
{
    const QKeySequence keys(event.keyCombination());
    for (QAction *action : actions()) {
        if (action->shortcuts().contains(keys))
            return action;
    }
    return nullptr;
}

std::optional<Side> StreamPane::only() const
{
    switch (m_direction->currentIndex()) {
    case 1:
        return Side::Client;
    case 2:
        return Side::Server;
    default:
        return {};
    }
}

void StreamPane::showFlow(int flow)
{
    m_connection = 0;
    setFlow(flow);
}

void StreamPane::showConnection(int connection)
{
    m_connection = connection;
    setFlow(m_recording.flowOf(connection));
}

void StreamPane::setFlow(int flow)
{
    if (std::exchange(m_flow, flow) != flow)
        restart();
}

/// Reads the flow from its beginning, if anyone sees it.
void StreamPane::restart()
{
    m_isStale = !isVisible();
    if (!m_isStale)
        m_reader.show(m_flow < 0 ? nullptr : &m_recording.flows().at(m_flow), m_paths());
}

void StreamPane::update()
{
    if (m_connection != 0)
        setFlow(m_recording.flowOf(m_connection));
    if (!isVisible())
        m_isStale = true;
    else if (!m_isStale)
        m_reader.update();
}

void StreamPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_isStale)
        restart();
}

void StreamPane::setEmptyText(const QString &text)
{
    m_view->setEmptyText(text);
}

void StreamPane::setFollowsNewest(bool follows)
{
    m_view->setFollowsNewest(follows);
}

void StreamPane::addFollowActionTo(QWidget &view, const std::function<void()> &show)
{
    auto *action = new QAction(tr("Follow S&tream"), &view);
    action->setObjectName(QStringLiteral("followStream"));
    connect(action, &QAction::triggered, this, [this, show] {
        show();
        m_view->setFocus();
    });
    view.addAction(action);
}

void StreamPane::selectWith(Selection &selection)
{
    connect(m_view, &StreamView::segmentSelected, &selection,
            [this, &selection](FlowRow segment) { selection.selectSegment(segment, m_view); });
}

void StreamPane::updateNote()
{
    const QLocale locale;
    QStringList notes;
    if (!m_reader.error().isEmpty())
        notes.append(m_reader.error());
    if (!m_reader.isComplete())
        notes.append(tr("Reading: %1 %").arg(m_reader.percent()));
    if (const qint64 missing = m_reader.stream().missing(); missing > 0)
        notes.append(missing == 1 ? tr("1 byte was not captured.")
                                  : tr("%1 bytes were not captured.").arg(locale.toString(missing)));
    m_note->setText(notes.join(u' '));
    m_save->setEnabled(m_reader.stream().size() > 0);
}

void StreamPane::find(bool isBackward)
{
    const auto bytes = StreamSearch::parse(m_search->text());
    if (!bytes) {
        m_note->setText(tr("After “hex:”, each byte has two hexadecimal digits, such as hex:0d 0a."));
        return;
    }
    if (bytes->isEmpty()) {
        m_search->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    m_searchedSize = bytes->size();
    m_cancel->show();
    m_reader.find(*bytes, m_view->currentPlace(), isBackward);
}

void StreamPane::endSearch(const QString &sentence)
{
    m_cancel->hide();
    updateNote();
    if (!sentence.isEmpty())
        m_note->setText(sentence);
}

void StreamPane::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the Bytes"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Bytes (*.bin)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("bin"));
    dialog->selectFile(QStringLiteral("stream.bin"));
    connect(dialog, &QFileDialog::fileSelected, this, &StreamPane::saveRequested);
    dialog->open();
}

#include "moc_streampane.cpp"
