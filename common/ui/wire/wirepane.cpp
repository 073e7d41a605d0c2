// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wirepane.h"

#include "base/savedfile.h"
#include "capturecontrol.h"
#include "capturepanel.h"
#include "ui/ladder/sequencepane.h"
#include "ui/tools/uitools.h"
#include "wireview.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>

WirePane::WirePane(const Recording &recording, QWidget *parent)
    : QWidget(parent)
    , m_lines(recording)
    , m_relative(new QCheckBox(tr("Relative numbers"), this))
    , m_seenAtRow(new QWidget(this))
    , m_seenAt(new QComboBox(this))
    , m_note(new QLabel(this))
    , m_stack(new QStackedWidget(this))
    , m_view(new WireView(m_lines, this))
    , m_page(new QWidget(this))
{
    UiTools::describe(m_relative, "relativeNumbers", tr("Relative sequence numbers"));
    m_relative->setToolTip(tr("Sequence numbers from the connection's first, as tcpdump prints them without -S"));
    UiTools::describe(m_note, "wireNote", tr("What was copied or saved"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    setEmptyText(tr("The segments of the connection appear here, as tcpdump prints them."));

    auto *top = new QHBoxLayout;
    top->addWidget(m_relative);
    createSeenAt(*top);
    top->addWidget(m_note, 1);
    auto *page = new QVBoxLayout(m_page);
    page->setContentsMargins({});
    page->addLayout(top);
    page->addWidget(m_view, 1);
    m_stack->addWidget(m_page);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_stack);
    setFocusProxy(m_view);

    connect(m_relative, &QCheckBox::toggled, &m_lines, &WireLines::setRelative);
    connect(m_view, &WireView::saveRequested, this, &WirePane::askWhereToSave);
    connect(m_view, &WireView::noted, m_note, &QLabel::setText);
    connect(&m_lines, &WireLines::reset, this, [this] {
        m_isHowWanted = false;
        m_note->clear();
        updateShown();
    });
    connect(&m_lines, &WireLines::changed, this, &WirePane::updateShown);
}

void WirePane::createSeenAt(QHBoxLayout &row)
{
    auto *label = new QLabel(tr("As seen at:"), m_seenAtRow);
    m_seenAt->addItems({tr("Client"), tr("Server")}); // in the order of Side
    UiTools::describe(m_seenAt, "seenAt", tr("The end that sees the segments"));
    m_seenAt->setToolTip(tr("What tcpdump prints on the network device of this end. What the network loses, delays or "
                            "corrupts looks different at both ends."));
    label->setBuddy(m_seenAt);
    auto *layout = new QHBoxLayout(m_seenAtRow);
    layout->setContentsMargins(UiTools::grid, 0, 0, 0);
    layout->addWidget(label);
    layout->addWidget(m_seenAt);
    row.addWidget(m_seenAtRow);
    m_seenAtRow->hide();
    connect(m_seenAt, &QComboBox::currentIndexChanged, this, [this](int index) { m_lines.setSeenAt(Side(index)); });
}

void WirePane::setSeenAt(Side end)
{
    m_seenAt->setCurrentIndex(int(end));
}

void WirePane::selectWith(SequencePane &sequence)
{
    m_view->follow(sequence.selection());
    m_relative->setChecked(sequence.relativeAction()->isChecked());
    connect(sequence.relativeAction(), &QAction::toggled, m_relative, &QCheckBox::setChecked);
    connect(m_relative, &QCheckBox::toggled, sequence.relativeAction(), &QAction::setChecked);
}

void WirePane::setFollowsNewest(bool follows)
{
    m_view->setFollowsNewest(follows);
}

void WirePane::setEmptyText(const QString &text)
{
    m_view->setEmptyText(text);
}

void WirePane::serve(CaptureControl &capture)
{
    m_capture = &capture;
    const auto isOfCapturing = [](const CaptureProblem &problem) { return !problem.isOfFile; };
    m_isForbidden = capture.problem() && isOfCapturing(*capture.problem());
    connect(&capture, &ConversationCapture::failed, this, [this, isOfCapturing](const CaptureProblem &problem) {
        m_isForbidden = isOfCapturing(problem);
        updateShown();
    });
    connect(&capture, &ConversationCapture::began, this, [this] {
        m_isForbidden = m_isHowWanted = false;
        updateShown();
    });
    updateShown();
}

void WirePane::createPanel()
{
    m_panel = new CapturePanel;
    auto *area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidgetResizable(true);
    area->setWidget(m_panel);
    m_stack->addWidget(area);
    m_capture->serve(m_panel);
}

void WirePane::showHowToCapture()
{
    m_isHowWanted = true;
    updateShown();
}

void WirePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateShown();
}

void WirePane::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    m_isHowWanted = false;
    updateShown();
}

void WirePane::updateShown()
{
    m_seenAtRow->setVisible(m_lines.recording().link());
    const bool isWanted = m_capture && (m_isHowWanted || (m_isForbidden && m_lines.count() == 0));
    if (isWanted && !m_panel && isVisible())
        createPanel();
    m_stack->setCurrentIndex(isWanted && m_panel ? 1 : 0);
}

void WirePane::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save Segments"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Text (*.txt)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    dialog->selectFile(QStringLiteral("wire.txt"));
    connect(dialog, &QFileDialog::fileSelected, this, qOverload<const QString &>(&WirePane::save));
    dialog->open();
}

bool WirePane::save(const QString &path)
{
    SavedFile file(path);
    const auto write = [&file](QByteArrayView text) { return file.write(text.data(), text.size()) == text.size(); };
    const bool isSaved = m_lines.flow() >= 0 && file.begin() && m_lines.print(write) && file.finish() && file.publish();
    m_note->setText(isSaved ? tr("Saved to %1.").arg(path) : file.sentence());
    return isSaved;
}

void WirePane::addActionsTo(QMenu *menu)
{
    menu->addSeparator();
    menu->addAction(m_view->foldAction());
}

void WirePane::restore(const QSettings &settings)
{
    m_view->foldAction()->setChecked(settings.value(QStringLiteral("wire/fold"), true).toBool());
}

void WirePane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("wire/fold"), m_view->foldAction()->isChecked());
}

#include "moc_wirepane.cpp"
