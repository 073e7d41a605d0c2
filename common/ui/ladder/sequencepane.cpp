// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "sequencepane.h"

#include "ladderview.h"
#include "picture/picturesaver.h"
#include "ui/status/statusline.h"
#include "ui/tools/uitools.h"

#include <QAction>
#include <QFileDialog>
#include <QMenu>
#include <QSettings>
#include <QVBoxLayout>

SequencePane::SequencePane(const Recording &recording, QWidget *parent)
    : QWidget(parent)
    , m_model(recording)
    , m_selection(m_model)
    , m_view(new LadderView(m_model, this))
    , m_legend(new QAction(tr("&Legend"), this))
    , m_relative(new QAction(tr("&Relative Numbers"), this))
    , m_save(new QAction(tr("Sa&ve the Ladder…"), this))
{
    m_legend->setObjectName(QStringLiteral("legendAction"));
    m_legend->setToolTip(tr("Explain the marks below the ladder"));
    m_legend->setCheckable(true);
    connect(m_legend, &QAction::toggled, m_view, &LadderView::setLegendShown);
    m_legend->setChecked(true);
    m_relative->setObjectName(QStringLiteral("relativeAction"));
    m_relative->setCheckable(true);
    m_model.setAbsolute(true);
    connect(m_relative, &QAction::toggled, &m_model, [this](bool relative) { m_model.setAbsolute(!relative); });
    m_view->follow(m_selection);
    m_view->setEmptyText(tr("The connection's messages and segments appear here, from one end to the other.\n"
                            "Without a capture: what this end sees of them."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    m_save->setObjectName(QStringLiteral("savePictureAction"));
    connect(m_save, &QAction::triggered, this, [this] { savePicture(); });
}

void SequencePane::addActionsTo(QMenu *menu)
{
    m_view->addActionsTo(menu);
    menu->addActions({m_legend, m_relative, m_save});
}

void SequencePane::setFollowsNewest(bool follows)
{
    m_view->setFollowsNewest(follows);
}

void SequencePane::savePicture()
{
    auto *dialog = new QFileDialog(this, tr("Save the Ladder"), QString(), PictureSaver::fileFilter());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("svg"));
    UiTools::followFilter(*dialog);
    connect(dialog, &QFileDialog::fileSelected, this, &SequencePane::saveRequested);
    dialog->open();
}

void SequencePane::restore(const QSettings &settings)
{
    m_view->setZoom(settings.value(QStringLiteral("sequence/zoom"), 0).toInt());
    m_legend->setChecked(settings.value(QStringLiteral("sequence/legend"), true).toBool());
    m_relative->setChecked(settings.value(QStringLiteral("view/relativeNumbers"), false).toBool());
}

void SequencePane::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("sequence/zoom"), m_view->zoom());
    settings.setValue(QStringLiteral("sequence/legend"), m_legend->isChecked());
    settings.setValue(QStringLiteral("view/relativeNumbers"), m_relative->isChecked());
}

#include "moc_sequencepane.cpp"
