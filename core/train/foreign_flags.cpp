// Two tables: other names, and flags without effect.
#include "core/train/foreign_flags.h"

#include <map>

#include "core/types/error.h"

namespace minnow {
namespace {

constexpr std::string_view kOneProcess = "Minnow trains in one process";
constexpr std::string_view kInMemory = "rows are tokenised once and kept in memory";
constexpr std::string_view kOwnLog = "logging.jsonl and images/ are always written";
constexpr std::string_view kNoHub = "nothing is uploaded";
constexpr std::string_view kNoDownload = "nothing is downloaded";
constexpr std::string_view kOwnEngine = "it is for answering; the command generate takes it";
constexpr std::string_view kPlain = "weights are trained as they are";
constexpr std::string_view kTextOnly = "the student reads text only";
constexpr std::string_view kEvalWhen = "give --eval_steps N, or for no evaluation --split_dataset_ratio 0";
constexpr std::string_view kSaveWhen = "give --save_steps N, or leave it out for ten checkpoints in a run";
constexpr InertFlag kInert[] = {
    {"acc_strategy", "token", "token accuracy is what is logged"},
    {"accelerator_config", "", kOneProcess},
    {"add_non_thinking_prefix", "", "prompt_style says how a prompt looks"},
    {"agent_template", "", "rows with tool calls aren't trained on"},
    {"aligner_lr", "", kTextOnly},
    {"attn_impl", "", "there is one attention"},
    {"auto_find_batch_size", "", "memory is planned by token_budget"},
    {"average_tokens_across_devices", "", kOneProcess},
    {"bf16", "", "torch_dtype chooses the type"},
    {"bf16_full_eval", "", "torch_dtype chooses the type"},
    {"bnb_4bit_comp_dtype", "", kPlain},
    {"bnb_4bit_compute_dtype", "", kPlain},
    {"bnb_4bit_quant_storage", "", kPlain},
    {"bnb_4bit_quant_type", "", kPlain},
    {"bnb_4bit_use_double_quant", "", kPlain},
    {"check_dataset_strategy", "", kInMemory},
    {"check_model", "", "the folder is always checked"},
    {"create_checkpoint_symlink", "false", "checkpoints keep their own names", "leave it out"},
    {"dataloader_drop_last", "false", "every row is trained on"},
    {"dataloader_num_proc", "", kInMemory},
    {"dataloader_num_workers", "", kInMemory},
    {"dataloader_persistent_workers", "", kInMemory},
    {"dataloader_pin_memory", "", kInMemory},
    {"dataloader_prefetch_factor", "", kInMemory},
    {"dataset_num_proc", "", kInMemory},
    {"ddp_backend", "", kOneProcess},
    {"ddp_broadcast_buffers", "", kOneProcess},
    {"ddp_bucket_cap_mb", "", kOneProcess},
    {"ddp_find_unused_parameters", "", kOneProcess},
    {"ddp_timeout", "", kOneProcess},
    {"deepspeed", "", kOneProcess},
    {"deepspeed_autotp_size", "", kOneProcess},
    {"device_map", "", kOneProcess},
    {"disable_tqdm", "", "progress follows the terminal"},
    {"do_eval", "", "evaluation needs validation rows only"},
    {"do_sample", "", kOwnEngine},
    {"do_train", "true", "that is what the command does"},
    {"download_mode", "", kInMemory},
    {"enable_thinking", "false", "answers are trained without thinking", "leave it out"},
    {"eval_accumulation_steps", "", "evaluation goes by token_budget"},
    {"eval_delay", "0|0.0", "evaluation goes by steps", "leave it out"},
    {"eval_on_start", "false", "the first evaluation comes after the first steps"},
    {"eval_strategy", "steps", "evaluation goes by steps", kEvalWhen},
    {"eval_use_evalscope", "false", "the command evaluate judges", "leave it out"},
    {"evaluation_strategy", "steps", "evaluation goes by steps", kEvalWhen},
    {"flash_attn", "", "there is one attention"},
    {"fp16", "false", "torch_dtype chooses the type", "give --torch_dtype bfloat16"},
    {"fp16_full_eval", "false", "torch_dtype chooses the type", "give --torch_dtype bfloat16"},
    {"freeze_aligner", "", kTextOnly},
    {"freeze_llm", "false", "the adapter is what is trained", "leave it out"},
    {"freeze_parameters_ratio", "", kTextOnly},
    {"freeze_vit", "", kTextOnly},
    {"fsdp", "", kOneProcess},
    {"fsdp_config", "", kOneProcess},
    {"full_determinism", "", "the same seed gives the same run anyway"},
    {"generation_config", "", kOwnEngine},
    {"generation_max_length", "", kOwnEngine},
    {"generation_num_beams", "", kOwnEngine},
    {"gpu_memory_fraction", "", kOneProcess},
    {"gradient_checkpointing_kwargs", "", "recomputation has one form"},
    {"greater_is_better", "false", "the lowest eval loss is best"},
    {"group_by_length", "false", "rows come in a shuffled order", "leave it out, or give --no-shuffle"},
    {"hqq_axis", "", kPlain},
    {"hub_always_push", "", kNoHub},
    {"hub_model_id", "", kNoHub},
    {"hub_private_repo", "", kNoHub},
    {"hub_strategy", "", kNoHub},
    {"hub_token", "", kNoHub},
    {"ignore_args_error", "false", "unknown flags are refused"},
    {"include_for_metrics", "", kOwnLog},
    {"include_num_input_tokens_seen", "", kOwnLog},
    {"init_lora_weights", "true", "A is drawn, B is zero"},
    {"init_weights", "true", "A is drawn, B is zero"},
    {"interleave_prob", "none", "files are read one after the other", "leave it out"},
    {"label_smoothing_factor", "0|0.0", "labels aren't smoothed"},
    {"lazy_tokenize", "", kInMemory},
    {"lisa", "false", "there is one way to train", "leave it out"},
    {"lisa_activated_layers", "0", "there is one way to train", "leave it out"},
    {"load_best_model_at_end", "", "the best checkpoint is named at the end"},
    {"load_data_args", "", kInMemory},
    {"load_from_cache_file", "", kInMemory},
    {"local_rank", "", kOneProcess},
    {"local_repo_path", "", kNoDownload},
    {"local_world_size", "", kOneProcess},
    {"log_level", "", kOwnLog},
    {"log_level_replica", "", kOwnLog},
    {"log_on_each_node", "", kOneProcess},
    {"logging_dir", "", kOwnLog},
    {"logging_first_step", "", "every step is logged"},
    {"logging_nan_inf_filter", "", kOwnLog},
    {"logging_strategy", "steps", "logging goes by steps", "give --logging_steps N"},
    {"lora_bias", "none", "biases aren't trained"},
    {"lora_bias_trainable", "none", "biases aren't trained", "leave it out"},
    {"lora_dtype", "float32|none", "adapters are trained in float32"},
    {"lora_lr_ratio", "1|1.0|none", "A and B have one learning rate", "give --learning_rate"},
    {"lorap_lr_ratio", "1|1.0|none", "A and B have one learning rate", "give --learning_rate"},
    {"loss_scale", "default", "every answer token counts once", "leave it out"},
    {"loss_type", "none|cross_entropy", "the loss is cross-entropy", "leave it out"},
    {"lr_scheduler_kwargs", "{}|none", "the schedules have no further settings", "leave it out"},
    {"max_memory", "", kOneProcess},
    {"max_model_len", "", kOwnEngine},
    {"max_new_tokens", "", kOwnEngine},
    {"max_pixels", "", kTextOnly},
    {"metric_for_best_model", "loss|eval_loss", "best_metric chooses it", "give --best_metric exact_rows"},
    {"model_author", "", "it names the student in chats only"},
    {"model_cache_dir", "", kNoDownload},
    {"model_kwargs", "{}|none", "the model folder says it", "leave it out"},
    {"model_name", "", "it names the student in chats only"},
    {"model_revision", "", kNoDownload},
    {"model_type", "", "the folder says what it is"},
    {"neftune_noise_alpha", "0|0.0|none", "no noise is added", "leave it out"},
    {"norm_bbox", "", kTextOnly},
    {"nproc_per_node", "", kOneProcess},
    {"num_beams", "", kOwnEngine},
    {"optim", "adamw_torch|adamw_torch_fused|adamw_hf", "the optimiser is AdamW", "leave it out"},
    {"overwrite_output_dir", "", "every run gets a folder of its own"},
    {"packing", "", "rows are always packed without padding, which changes no number"},
    {"packing_cache", "", kInMemory},
    {"packing_length", "", "rows are packed by token_budget, which changes no number"},
    {"packing_num_proc", "", kInMemory},
    {"padding_free", "", "rows are always packed without padding, which changes no number"},
    {"padding_side", "", "nothing is padded"},
    {"predict_with_generate", "false", "the task score decodes validation rows anyway", "give --score_rows N"},
    {"prediction_loss_only", "", kOwnLog},
    {"preprocess_num_proc", "", kInMemory},
    {"push_hub_strategy", "", kNoHub},
    {"push_to_hub", "false", kNoHub},
    {"quant_bits", "0|none", kPlain, "leave it out"},
    {"quant_method", "", kPlain},
    {"quantization_bit", "0|none", kPlain, "leave it out"},
    {"remove_unused_columns", "", "only the columns that are needed are read"},
    {"repetition_penalty", "", kOwnEngine},
    {"report_to", "", kOwnLog},
    {"rescale_image", "", "rows are text"},
    {"response_prefix", "", "prompt_style says how a prompt looks"},
    {"revision", "", kNoDownload},
    {"rope_scaling", "none", "the model folder says it", "leave it out"},
    {"router_aux_loss_coef", "", "the student has no experts"},
    {"run_name", "", kOwnLog},
    {"save_on_each_node", "", kOneProcess},
    {"save_only_model", "", "what a resume needs is always saved"},
    {"save_safetensors", "true", "nothing else is written", "leave it out"},
    {"save_strategy", "steps", "checkpoints go by steps", kSaveWhen},
    {"self_cognition_sample", "0", "a file is taken whole", "cut the file first"},
    {"sequence_parallel_size", "1", kOneProcess, "leave it out"},
    {"shuffle_buffer_size", "", kInMemory},
    {"skip_memory_metrics", "", kOwnLog},
    {"stopping_strategy", "", "files are read one after the other"},
    {"stream", "", kOwnEngine},
    {"streaming", "false", kInMemory, "leave it out"},
    {"strict", "false", "rows that can't be read are left out and named"},
    {"task_type", "causal_lm", "that is what is trained", "leave it out"},
    {"temperature", "", kOwnEngine},
    {"template", "qwen3", "the model folder's template and prompt_style say how a prompt looks"},
    {"template_backend", "swift|jinja", "the model folder's template and prompt_style say how a prompt looks", "leave it out"},
    {"tf32", "", "torch_dtype chooses the type"},
    {"top_k", "", kOwnEngine},
    {"top_p", "", kOwnEngine},
    {"torch_compile", "false", "there is one way to train", "leave it out"},
    {"torch_empty_cache_steps", "", "memory is planned by token_budget"},
    {"train_dataset_sample", "-1|0", "a file is taken whole", "cut the file first"},
    {"tuner_backend", "peft", "adapters are PEFT's"},
    {"use_chat_template", "true", "rows are conversations", "leave it out"},
    {"use_cpu", "", "device chooses it"},
    {"use_dora", "false", "adapters are plain LoRA", "leave it out"},
    {"use_flash_attn", "", "there is one attention"},
    {"use_galore", "false", "there is one way to train", "leave it out"},
    {"use_hf", "", "nothing is downloaded here"},
    {"use_liger_kernel", "", "the loss has one form, which keeps no logits"},
    {"use_logits_to_keep", "", "the loss has one form, which keeps no logits"},
    {"use_ray", "false", "there is one way to train", "leave it out"},
    {"use_swift_lora", "false", "adapters are PEFT's"},
    {"use_unsloth", "false", "there is one way to train", "leave it out"},
    {"val_dataset_sample", "-1|0", "a file is taken whole", "cut the file first"},
    {"val_dataset_shuffle", "", "validation is over all rows"},
    {"vit_gradient_checkpointing", "", kTextOnly},
    {"vit_lr", "", kTextOnly},
    {"zero_hpz_partition_size", "", kOneProcess},
};

}  // namespace

std::span<const InertFlag> inert_flags() { return kInert; }

std::string alias_of(const std::string& name) {
  if (name == "dtype") return "torch_dtype";
  if (name == "adapters" || name == "adapter") return "init_adapter";
  if (name == "lr") return "learning_rate";
  // ms-swift 2 and 4, transformers' scripts
  static const std::map<std::string, std::string> names{{"model_id_or_path", "model"},
                                                        {"model_name_or_path", "model"},
                                                        {"sft_type", "train_type"},
                                                        {"tuner_type", "train_type"},
                                                        {"batch_size", "per_device_train_batch_size"},
                                                        {"eval_batch_size", "per_device_eval_batch_size"},
                                                        {"lora_target_modules", "target_modules"},
                                                        {"lora_dropout_p", "lora_dropout"},
                                                        {"dataset_test_ratio", "split_dataset_ratio"},
                                                        {"custom_train_dataset_path", "dataset"},
                                                        {"custom_val_dataset_path", "val_dataset"},
                                                        {"dataset_seed", "data_seed"},
                                                        {"add_output_dir_suffix", "add_version"},
                                                        {"use_gradient_checkpointing", "gradient_checkpointing"},
                                                        {"early_stop_interval", "early_stopping_patience"}};
  const auto found = names.find(name);
  return found == names.end() ? std::string() : found->second;
}

std::vector<std::string> in_our_words(const std::string& name, std::vector<std::string> values) {
  if (name == "target_modules" && values.size() == 1 && (values.front() == "ALL" || values.front() == "AUTO"))
    return {"all-linear"};
  if (name == "lr_scheduler_type" && values.size() == 1 && values.front() == "constant_with_warmup")
    return {"constant"};  // ours warms up where a warm-up is given
  if (name == "train_type" && values.size() == 1 && values.front() != "lora") {
    throw Error(ErrorKind::usage,
                "--train_type is '" + values.front() +
                    "'; fine-tuning trains a LoRA adapter: give --train_type lora (whole weights are trained by the "
                    "command pretrain only)",
                "train_type");
  }
  return values;
}

}  // namespace minnow
